package dev.ortune.error;

/** Who has to act on an error; decides the HTTP status and the exit code. */
public enum ErrorKind {
    /** The input must be changed: exit code 2, HTTP 400. */
    INVALID_INPUT,
    /** The thing asked for does not exist: exit code 2, HTTP 404. */
    NOT_FOUND,
    /** A resource of this machine or of a remote host is missing: exit code 1, HTTP 503. */
    UNAVAILABLE,
    /** A fault of the program: exit code 1, HTTP 500. */
    INTERNAL
}
