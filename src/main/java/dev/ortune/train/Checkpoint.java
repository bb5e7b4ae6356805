package dev.ortune.train;

import dev.ortune.checkpoint.OrtCheckpoint;

/**
 * A run as it was saved.
 *
 * @param state how far it had come
 * @param session parameters and optimizer, as ONNX Runtime wrote them
 * @param runs training runs of the graph so far
 */
public record Checkpoint(RunState state, OrtCheckpoint session, long runs) {}
