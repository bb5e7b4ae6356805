package dev.ortune.api.rest;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.Optional;

/** Bodies that must be there: the framework hands over null for none, and for a JSON null. */
public final class GivenBody {

    private GivenBody() {}

    /**
     * The body itself.
     *
     * @param example what could have been sent
     * @throws InvalidInputException {@code INVALID_REQUEST} where there is none
     */
    public static <T> T of(T body, String example) {
        return Optional.ofNullable(body)
                .orElseThrow(
                        () ->
                                new InvalidInputException(
                                        ErrorCode.INVALID_REQUEST,
                                        "The request has no body.",
                                        "Send a JSON object such as "
                                                + example.strip().replaceAll("\\s+", " ")
                                                + "."));
    }
}
