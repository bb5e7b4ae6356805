package dev.ortune.cli;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ends this process at once when the one that started it is gone, which closes the standard input
 * whatever killed it. What was saved stays saved.
 */
final class ParentWatch {

    private static final int ENDED = 1;

    private ParentWatch() {}

    /** Watches from a thread of its own. */
    static void start(InputStream input) {
        Thread thread = new Thread(() -> watch(input), "ortune-parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void watch(InputStream input) {
        try {
            while (input.read() >= 0) {
                // Nothing is expected but the end.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        // Another process may go on with the run: this one must not write a byte more. Native code
        // that is computing may crash under the end, which costs nothing.
        Runtime.getRuntime().halt(ENDED);
    }
}
