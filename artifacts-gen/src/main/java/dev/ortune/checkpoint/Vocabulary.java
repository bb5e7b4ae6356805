package dev.ortune.checkpoint;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code vocab.txt}: one token per line, its id the line's number from zero.
 *
 * @param file where it was read from
 * @param ids each token's id; where a token is there twice, the later one as in Python
 */
record Vocabulary(Path file, Map<String, Integer> ids) {

    Vocabulary {
        ids = Collections.unmodifiableMap(new LinkedHashMap<>(ids));
    }

    static Vocabulary read(Path file) {
        String[] lines = text(file).replace("\r\n", "\n").replace('\r', '\n').split("\n", -1);
        int count = lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (int line = 0; line < count; line++) {
            // A repeated token moves to the place of its last id, so that ids ascend.
            ids.remove(lines[line]);
            ids.put(lines[line], line);
        }
        return new Vocabulary(file, ids);
    }

    Optional<Integer> id(String token) {
        return Optional.ofNullable(ids.get(token));
    }

    private static String text(Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(
                    ErrorCode.TOKENIZER_FORMAT,
                    file + " is not UTF-8.",
                    "Download the vocabulary again.",
                    e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    ErrorCode.BASE_NOT_FOUND,
                    "Cannot read " + file + ": " + e + ".",
                    "Check that the file exists and may be read.",
                    e);
        }
    }
}
