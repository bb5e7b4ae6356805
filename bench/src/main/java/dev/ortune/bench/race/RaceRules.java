package dev.ortune.bench.race;

import java.time.Duration;

/** What holds for both sides of every race; {@code peft_worker.py} repeats the optimizer's. */
final class RaceRules {

    static final double LEARNING_RATE = 1e-3;
    static final double WEIGHT_DECAY = 0.01;
    static final double CLIP_NORM = 1;

    /** Tokens of a text at most. */
    static final int MAX_TOKENS = 512;

    /**
     * How far the losses may differ, absolutely, and above a loss of 1 relatively: several steps'
     * float32 rounding stays far below, another gradient does not.
     */
    static final double LOSS_TOLERANCE = 1e-3;

    /**
     * Rest before every step. The thread pools of both sides spin for a while after their work and
     * would take the processors from the other side.
     */
    static final Duration REST = Duration.ofMillis(300);

    private RaceRules() {}
}
