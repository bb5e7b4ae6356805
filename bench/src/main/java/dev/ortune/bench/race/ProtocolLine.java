package dev.ortune.bench.race;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.ortune.error.InternalException;

/** The workers' messages as lines of JSON, their fields in {@code snake_case}. */
final class ProtocolLine {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    // Python writes a loss that is no number as NaN.
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .serializationInclusion(JsonInclude.Include.NON_ABSENT)
                    .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                    .addModule(new Jdk8Module())
                    .build();

    private ProtocolLine() {}

    static String of(Request request) {
        return write(request);
    }

    static String of(Reply reply) {
        return write(reply);
    }

    /**
     * Reads a request.
     *
     * @throws InternalException for a line that is none
     */
    static Request request(String line) {
        return read(line, Request.class);
    }

    /**
     * Reads a reply.
     *
     * @throws InternalException for a line that is none
     */
    static Reply reply(String line) {
        return read(line, Reply.class);
    }

    private static String write(Object message) {
        try {
            return MAPPER.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new InternalException("A message between the racers could not be written.", e);
        }
    }

    private static <T> T read(String line, Class<T> type) {
        try {
            return MAPPER.readValue(line, type);
        } catch (JsonProcessingException e) {
            throw new InternalException(
                    "This line between the racers is no message: " + line + ".", e);
        }
    }
}
