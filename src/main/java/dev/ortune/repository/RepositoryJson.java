package dev.ortune.repository;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.ortune.error.InternalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The repository's own small JSON files. */
final class RepositoryJson {

    /** A file of ours is far smaller; a larger one is not ours. */
    static final int MAX_BYTES = 1 << 20;

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .serializationInclusion(JsonInclude.Include.NON_ABSENT)
                    .addModule(new Jdk8Module())
                    .addModule(new JavaTimeModule())
                    .build();

    private RepositoryJson() {}

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read or is not what it should be
     */
    static <T> T read(Path file, Class<T> type) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
        }
        try {
            T value = MAPPER.readValue(Files.readAllBytes(file), type);
            if (value == null) {
                throw new IOException(file + " is empty");
            }
            return value;
        } catch (RuntimeException e) {
            throw new IOException(file + " is not valid", e);
        }
    }

    /**
     * Reads a text.
     *
     * @throws IOException when it is not what it should be
     */
    static <T> T read(String text, Class<T> type) throws IOException {
        return MAPPER.readValue(text, type);
    }

    static String text(Object value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new InternalException("A file of the repository could not be written.", e);
        }
    }
}
