package dev.ortune.checkpoint;

/**
 * One tensor of a checkpoint.
 *
 * @param shape its shape, whose number of elements fits a long
 * @param values its values; reading them may be refused when its type is no float
 */
record StoredTensor(TensorShape shape, FloatValues values) {}
