package dev.ortune.api.grpc;

import java.util.Optional;

/**
 * What a method answers with, message by message. Used by one thread at a time, which may block for a
 * moment, as files do, but not wait for something to happen.
 */
public interface MessageSource<R> extends AutoCloseable {

    /**
     * The next message, if it is there already.
     *
     * @throws dev.ortune.error.OrtuneException ends the call
     */
    Optional<R> next();

    /**
     * Whether nothing more comes; asked whenever something may have changed.
     *
     * @throws dev.ortune.error.OrtuneException ends the call
     */
    boolean isOver();

    @Override
    void close();
}
