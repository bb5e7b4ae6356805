package dev.ortune.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.io.JsonFault;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;

/** Small JSON files whose root is an object. */
final class JsonFiles {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private JsonFiles() {}

    /**
     * Reads a file.
     *
     * @param malformed makes the error when the file is no JSON object, from the reason and the
     *     cause
     * @throws InvalidInputException {@code BASE_NOT_FOUND} when it cannot be read
     */
    static JsonNode readObject(
            Path file, BiFunction<String, Throwable, InvalidInputException> malformed) {
        try (Reader reader =
                new InputStreamReader(
                        Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder())) {
            JsonNode root = MAPPER.readTree(reader);
            if (!root.isObject()) {
                throw malformed.apply(
                        "it holds no JSON object", new IllegalArgumentException("no object"));
            }
            return root;
        } catch (JsonProcessingException e) {
            throw malformed.apply("it is no valid JSON: " + JsonFault.reason(e), e);
        } catch (CharacterCodingException e) {
            throw malformed.apply("it is not UTF-8", e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    ErrorCode.BASE_NOT_FOUND,
                    "Cannot read " + file + ": " + e + ".",
                    "Check that the file exists and may be read.",
                    e);
        }
    }
}
