package dev.ortune.api.grpc;

/**
 * Takes the messages of one call, one after the other; none comes before the last was taken. Used by
 * one thread at a time.
 */
public interface MessageSink<Q, R> extends AutoCloseable {

    /**
     * The next message.
     *
     * @throws dev.ortune.error.OrtuneException ends the call
     */
    void take(Q message);

    /**
     * Nothing more comes: the answer.
     *
     * @throws dev.ortune.error.OrtuneException ends the call
     */
    R answer();

    /** The call is over, with an answer or without. */
    @Override
    void close();
}
