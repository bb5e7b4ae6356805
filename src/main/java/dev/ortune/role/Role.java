package dev.ortune.role;

/** What a process of the service does. Every one takes requests of every kind. */
public enum Role {
    /** Answers and trains. */
    ALL,
    /** Answers; jobs are left to others. */
    SERVE,
    /** Trains; opens no model before it is asked for one. */
    TRAIN;

    /** Whether it opens its models before the first request. */
    public boolean serves() {
        return this != TRAIN;
    }

    /** Whether it works on jobs. */
    public boolean trains() {
        return this != SERVE;
    }
}
