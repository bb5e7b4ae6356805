package dev.ortune.api.rest;

import dev.ortune.error.ErrorCode;

/** What a client learns of a fault of ours: nothing but that it is ours. */
final class InternalProblem {

    static final String DETAIL = "The service failed to answer; its log says why.";

    private InternalProblem() {}

    static Problem problem() {
        return Problem.of(
                500,
                ErrorCode.INTERNAL,
                DETAIL,
                "Try again; if it fails again, report it with the service's log.");
    }
}
