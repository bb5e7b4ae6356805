package dev.ortune.cli;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.nio.file.Path;

/**
 * An adapter folder to serve and the name that requests give it.
 *
 * @param name a given one, else the folder's
 * @param folder absolute
 */
record NamedFolder(String name, Path folder) {

    /**
     * Reads {@code [NAME=]DIR}.
     *
     * @throws InvalidInputException {@code INVALID_OPTION} when there is no folder or no name in it
     */
    static NamedFolder parse(String text) {
        int equals = text.indexOf('=');
        String given = text.substring(equals + 1);
        Path folder = Path.of(given).toAbsolutePath().normalize();
        Path ownName = folder.getFileName();
        if (given.isBlank() || (equals <= 0 && ownName == null)) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "--model '" + text + "' names no adapter folder.",
                    "Give DIR or NAME=DIR, such as --model models/reviews.");
        }
        return new NamedFolder(equals > 0 ? text.substring(0, equals) : ownName.toString(), folder);
    }
}
