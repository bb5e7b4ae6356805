package dev.ortune.bench.serve.load;

/**
 * What was asked for, and how it went.
 *
 * @param status HTTP's, or {@link #NO_ANSWER}
 * @param texts asked for
 * @param tokens of these, special ones included, as the models cut them
 */
public record Work(int status, int texts, int tokens) {

    /** In place of a status where the connection broke. */
    public static final int NO_ANSWER = 0;

    boolean succeeded() {
        return status == HttpAnswer.OK;
    }
}
