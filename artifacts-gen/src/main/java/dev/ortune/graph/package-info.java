/**
 * Builds and differentiates the classifier's ONNX graphs: forward, LoRA, loss, gradients, optimizer.
 *
 * <p>Works on names and shapes only, never on weights. Calls {@code graph.op}, {@code checkpoint} for
 * shapes, and {@code error}; the families in {@code graph.family} implement its {@code ModelFamily}.
 */
package dev.ortune.graph;
