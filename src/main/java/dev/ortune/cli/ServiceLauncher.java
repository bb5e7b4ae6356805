package dev.ortune.cli;

import java.util.List;
import java.util.Map;

/** Starts the service in this process and waits until it stops. */
@FunctionalInterface
interface ServiceLauncher {

    /**
     * Runs the service.
     *
     * @param settings configuration that goes before file and environment
     * @param announcement lines to print once the service answers
     * @return the exit code
     */
    int run(Map<String, String> settings, List<String> announcement);
}
