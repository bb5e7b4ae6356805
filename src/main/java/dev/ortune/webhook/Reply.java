package dev.ortune.webhook;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What came of one attempt. */
sealed interface Reply {

    /** Whether the endpoint has it. */
    default boolean isSuccess() {
        return false;
    }

    /** Whether the endpoint wants nothing more, ever. */
    default boolean isGone() {
        return false;
    }

    /** Whether the endpoint should be left alone for a while. */
    boolean asksForRest();

    /** What the endpoint answered, if it did. */
    default Optional<Integer> answered() {
        return Optional.empty();
    }

    /** How long the endpoint wants to be left alone, if it said so. */
    default Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** What was wrong, for the endpoint's owner; a sentence. */
    String error();

    /**
     * The endpoint answered; the meanings are the specification's.
     *
     * @param status of HTTP
     */
    record Answer(int status, Optional<Duration> retryAfter) implements Reply {

        private static final int GONE = 410;

        /** Too many requests, a bad gateway, its timeout: signs of load. */
        private static final Set<Integer> LOAD = Set.of(429, 502, 504);

        @Override
        public boolean isSuccess() {
            return status / 100 == 2;
        }

        @Override
        public boolean isGone() {
            return status == GONE;
        }

        @Override
        public boolean asksForRest() {
            return LOAD.contains(status);
        }

        @Override
        public Optional<Integer> answered() {
            return Optional.of(status);
        }

        @Override
        public String error() {
            return "The endpoint answered "
                    + status
                    + (status / 100 == 3 ? "; redirects are not followed." : ".");
        }
    }

    /** No answer came, or nothing was sent. */
    record Silence(String error) implements Reply {
        @Override
        public boolean asksForRest() {
            return true;
        }
    }
}
