package dev.ortune.error;

/** Who has to act on an error; decides the HTTP status and the exit code. */
public enum ErrorKind {
    /** The input must be changed: exit code 2, HTTP 400. */
    INVALID_INPUT,
    /** The thing asked for does not exist: exit code 2, HTTP 404. */
    NOT_FOUND,
    /** It contradicts what is there already: exit code 2, HTTP 409. */
    CONFLICT,
    /** More than a limit allows: exit code 2, HTTP 413. */
    TOO_LARGE,
    /** Nobody that is known asks: exit code 2, HTTP 401. */
    UNAUTHENTICATED,
    /** Whoever asks may not: exit code 2, HTTP 403. */
    FORBIDDEN,
    /** More than the tenant may have, which waiting does not cure: exit code 2, HTTP 403. */
    OVER_QUOTA,
    /** More work than the service can queue; to be tried again later: exit code 1, HTTP 429. */
    OVERLOADED,
    /** The time that the caller gave is over: exit code 1, HTTP 504. */
    TIMED_OUT,
    /** The caller no longer wants the answer: exit code 1, HTTP 499. */
    CANCELLED,
    /** A resource of this machine or of a remote host is missing: exit code 1, HTTP 503. */
    UNAVAILABLE,
    /** A fault of the program: exit code 1, HTTP 500. */
    INTERNAL
}
