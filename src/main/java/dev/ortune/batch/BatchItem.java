package dev.ortune.batch;

import dev.ortune.error.OrtuneException;

/**
 * A piece of work in the queue: one text of one model.
 *
 * <p>Thread-safe: the queue calls it under its lock, so it must not call the queue or wait.
 */
public interface BatchItem {

    /** Whose work it is: fairness holds between owners first. Equal keys are one owner. */
    Object owner();

    /** What of its owner's work it is: fairness holds between an owner's flows. Equal keys are one. */
    Object flow();

    /** Items of different groups are never in one batch. */
    Object group();

    /** Whose weights it needs beside its group's; a batch stacks those of its items. */
    Object weights();

    /** Ranks that those weights add to a batch, once for all items that need them. */
    int weightRanks();

    /** Its cost: tokens, at least 1. */
    int tokens();

    /** Nobody waits for it any more: it is dropped when its turn comes. */
    boolean isAbandoned();

    /**
     * It gets no answer.
     *
     * @param reason {@code OVERLOADED} if it had to leave the full queue, else what went wrong
     */
    void fail(OrtuneException reason);
}
