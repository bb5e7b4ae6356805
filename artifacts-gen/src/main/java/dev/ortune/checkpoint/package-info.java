/**
 * Weights on disk: Hugging Face folders, safetensors, PyTorch-exported ONNX encoders, ONNX Runtime
 * checkpoints.
 *
 * <p>Reads and writes tensors by name; knows no model. Calls only {@code error} and {@code io}.
 */
package dev.ortune.checkpoint;
