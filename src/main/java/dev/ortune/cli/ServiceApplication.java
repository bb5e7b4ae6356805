package dev.ortune.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** The running service: prints its arguments, which announce it, and waits for the end. */
public final class ServiceApplication implements QuarkusApplication {

    @Override
    public int run(String... announcement) {
        for (String line : announcement) {
            System.out.println(line);
        }
        Quarkus.waitForExit();
        return 0;
    }
}
