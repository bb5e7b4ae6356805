package dev.ortune.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.io.AtomicFiles;
import dev.ortune.io.JsonFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** JSON files of the artifacts: pretty, atomic, with errors that name the file. */
final class JsonFile {

    private JsonFile() {}

    static JsonNode read(Path file) {
        return read(file, JsonNode.class);
    }

    static <T> T read(Path file, Class<T> type) {
        try {
            return mapper().readValue(Files.readAllBytes(file), type);
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(
                    ErrorCode.BASE_NOT_FOUND,
                    "There is no " + file + ".",
                    "Run ./ortune export to make the artifacts, or name another folder.",
                    e);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    ErrorCode.BASE_CONFIG,
                    file + " is not valid: " + JsonFault.reason(e) + ".",
                    "Export the base again.",
                    e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    ErrorCode.BASE_NOT_FOUND,
                    "Cannot read " + file + ": " + e.getMessage(),
                    "Check the folder and its permissions.",
                    e);
        }
    }

    static void write(Path file, Object content) {
        AtomicFiles.write(file, out -> out.write(mapper().writeValueAsBytes(content)));
    }

    private static JsonMapper mapper() {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .serializationInclusion(JsonInclude.Include.NON_ABSENT)
                .addModule(new com.fasterxml.jackson.datatype.jdk8.Jdk8Module())
                .build();
    }
}
