package dev.ortune.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Bodies of protocols whose errors name the very element at fault, which binding cannot do. */
@Singleton
public final class JsonBody {

    private final ObjectMapper mapper;

    public JsonBody(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * Reads a body.
     *
     * @param emptyAllowed whether no body at all stands for an empty object
     * @return an object
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    public JsonNode object(byte[] body, boolean emptyAllowed) {
        if (body.length == 0 && emptyAllowed) {
            return mapper.createObjectNode();
        }
        JsonNode node = read(body);
        if (!node.isObject()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_REQUEST,
                    body.length == 0
                            ? "The request has no body."
                            : "The body is not the JSON object that was expected.",
                    "See /q/openapi for what the service takes.");
        }
        return node;
    }

    private JsonNode read(byte[] body) {
        try {
            return mapper.readTree(body);
        } catch (JsonProcessingException e) {
            throw malformed(JsonProblem.of(e).detail(), e);
        } catch (IOException e) {
            // Bytes that are no text in any of JSON's encodings.
            throw malformed("The body is not valid JSON.", e);
        }
    }

    private static InvalidInputException malformed(String message, IOException cause) {
        return new InvalidInputException(
                ErrorCode.INVALID_REQUEST,
                message,
                "See /q/openapi for what the service takes.",
                cause);
    }
}
