package dev.ortune.access;

/** Reads tokens that somebody else issued. Thread-safe; may wait for them. */
public interface TokenReader {

    /**
     * Whom a token stands for.
     *
     * @throws dev.ortune.error.DeniedException {@code UNAUTHENTICATED} for a token that is not valid
     *     here
     * @throws dev.ortune.error.UnavailableException {@code ISSUER_UNAVAILABLE} when it cannot be told
     */
    Caller read(String token);
}
