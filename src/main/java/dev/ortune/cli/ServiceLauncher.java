package dev.ortune.cli;

import java.util.Map;

/** Starts the service in this process and waits until it stops. */
@FunctionalInterface
interface ServiceLauncher {

    /**
     * Runs the service.
     *
     * @param settings configuration that goes before file and environment
     * @param ready called once, when the service answers
     * @return the exit code
     */
    int run(Map<String, String> settings, Runnable ready);
}
