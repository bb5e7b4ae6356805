package dev.ortune.encoder;

import dev.ortune.ort.InferenceSession;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Sessions by what sets their graphs apart, opened when first asked for. Thread-safe; a session stays
 * open until {@link #close()}.
 */
final class SessionCache<K> implements AutoCloseable {

    private final Function<K, InferenceSession> open;
    private final Map<K, InferenceSession> sessions = new HashMap<>();
    private boolean closed;

    SessionCache(Function<K, InferenceSession> open) {
        this.open = open;
    }

    /** The session of a key; opening one takes a few milliseconds, in which others wait. */
    synchronized InferenceSession get(K key) {
        if (closed) {
            throw new IllegalStateException("the sessions are closed");
        }
        return sessions.computeIfAbsent(key, open);
    }

    /** Whether {@link #get} would find it open. */
    synchronized boolean has(K key) {
        return sessions.containsKey(key);
    }

    /** Open sessions. */
    synchronized int size() {
        return sessions.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
        sessions.values().forEach(InferenceSession::close);
        sessions.clear();
    }
}
