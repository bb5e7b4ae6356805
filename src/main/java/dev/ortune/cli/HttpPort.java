package dev.ortune.cli;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;

/** The port that a command is told to serve on. */
final class HttpPort {

    private static final int LARGEST = 65_535;

    private HttpPort() {}

    /**
     * The port as a setting; 0 asks for any free one.
     *
     * @throws InvalidInputException {@code INVALID_OPTION} for a number that is no port
     */
    static String setting(int port) {
        if (port < 0 || port > LARGEST) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "--port must be between 0 and " + LARGEST + ", not " + port + ".",
                    "Choose another port, such as 8080.");
        }
        return Integer.toString(port);
    }
}
