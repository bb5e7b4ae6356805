package dev.ortune.cli;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The ports that a command is told to serve on. */
final class HttpPort {

    private static final int LARGEST = 65_535;

    private HttpPort() {}

    /**
     * The port as a setting; 0 asks for any free one.
     *
     * @throws InvalidInputException {@code INVALID_OPTION} for a number that is no port
     */
    static String setting(int port) {
        return setting("--port", port);
    }

    /** As {@link #setting(int)}, with the option that gives the port. */
    static String setting(String option, int port) {
        if (port < 0 || port > LARGEST) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    option + " must be between 0 and " + LARGEST + ", not " + port + ".",
                    "Choose another port, such as 8080.");
        }
        return Integer.toString(port);
    }

    /**
     * Refuses a port that another program holds, before a run has cost its time.
     *
     * @throws InvalidInputException {@code INVALID_OPTION}
     */
    static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the server does: a port that was just given up counts as free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw taken("port " + port + ": " + e.getMessage(), e);
        }
    }

    /** The error of a port that cannot be listened on. */
    static InvalidInputException taken(String reason, Throwable cause) {
        return new InvalidInputException(
                ErrorCode.INVALID_OPTION,
                "The service cannot listen: " + reason + ".",
                "Choose another --port, or end the program that listens there.",
                cause);
    }
}
