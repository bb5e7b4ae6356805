package dev.ortune.train;

/**
 * A point between two steps, where a run may be saved and left.
 *
 * @param state how far the run has come
 * @param model as it is now; on the training thread only, and only until the control returns
 * @param epochEnded whether an epoch and its evaluation have just ended
 * @param runEnded whether nothing is left to do
 */
public record RunPoint(RunState state, LoraTraining model, boolean epochEnded, boolean runEnded) {}
