package dev.ortune.api.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.ortune.error.ErrorCode;
import java.util.stream.Collectors;

/** Faults of a JSON body in our own words: Jackson's would name Java classes. */
final class JsonProblem {

    private static final int MAX_SHOWN = 100;

    private JsonProblem() {}

    static Problem of(JsonProcessingException fault) {
        if (fault instanceof UnrecognizedPropertyException unknown) {
            return unknownField(unknown);
        }
        if (fault instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            String field = shortened(RequestField.of(mapping));
            return Problem.ofField(
                    field,
                    field + ": The value is not of the right type.",
                    "Give text as a string, texts as a list of strings; /q/openapi has the rest.");
        }
        return Problem.of(
                400,
                ErrorCode.INVALID_REQUEST,
                fault instanceof JsonMappingException
                        ? "The body is not the JSON object that was expected."
                        : "The body is not valid JSON" + position(fault.getLocation()) + ".",
                "Send a JSON object such as " + ApiExamples.ONE_TEXT + ".");
    }

    private static Problem unknownField(UnrecognizedPropertyException fault) {
        String field = shortened(RequestField.of(fault));
        String known =
                fault.getKnownPropertyIds().stream()
                        .map(String::valueOf)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return Problem.ofField(
                field,
                "The field \"" + field + "\" is not known.",
                "Known fields are: " + known + ".");
    }

    private static String position(JsonLocation location) {
        return location == null
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String shortened(String text) {
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    }
}
