package dev.ortune.serve;

import java.util.concurrent.CompletionStage;

/** A classification under way. Thread-safe. */
public interface ClassificationCall {

    /**
     * The answer; on failure a {@link dev.ortune.error.OrtuneException}. Dependent stages run on the
     * service's own worker threads, where they may take their time but must not wait.
     */
    CompletionStage<ClassificationAnswer> answer();

    /** The client has gone: what is not computed yet never will be. */
    void cancel();
}
