package dev.ortune.api.rest;

import jakarta.ws.rs.core.Response;

/** Requests that fail before they reach a resource. */
final class HttpProblem {

    private HttpProblem() {}

    static Problem of(Response.StatusType status) {
        return switch (status.getStatusCode()) {
            case 400 ->
                    Problem.ofStatus(
                            status,
                            "The request cannot be read.",
                            "Send a JSON object such as " + ApiExamples.ONE_TEXT + ".");
            case 404 ->
                    Problem.ofStatus(
                            status,
                            "There is nothing at this address.",
                            "See /q/openapi for the addresses that there are.");
            case 405 ->
                    Problem.ofStatus(
                            status,
                            "This address does not take this method.",
                            "See /q/openapi for the methods that it takes.");
            case 406 ->
                    Problem.ofStatus(
                            status,
                            "The answer is not to be had in a type that Accept allows.",
                            "Accept application/json.");
            case 413 ->
                    Problem.ofStatus(
                            status,
                            "The body is larger than ortune.request.max-bytes allows.",
                            "Send fewer texts per request.");
            case 415 ->
                    Problem.ofStatus(
                            status,
                            "The body is not of a type that this address takes.",
                            "Send JSON with the header Content-Type: application/json.");
            default ->
                    Problem.ofStatus(
                            status,
                            status.getReasonPhrase() + ".",
                            "See /q/openapi for what the service takes.");
        };
    }
}
