package dev.ortune.cli;

import dev.ortune.console.Console;
import dev.ortune.error.InternalException;
import dev.ortune.error.OrtuneException;
import io.quarkus.runtime.Quarkus;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Starts Quarkus; a start that fails is told like any other error, without a stack trace. */
final class QuarkusLauncher implements ServiceLauncher {

    private final Console console;

    QuarkusLauncher(Console console) {
        this.console = console;
    }

    @Override
    public int run(Map<String, String> settings, Runnable ready) {
        settings.forEach(System::setProperty);
        ReadyService.whenReady(ready);
        AtomicInteger exitCode = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Quarkus.run(
                ReadyService.class,
                (code, error) -> {
                    exitCode.set(code);
                    failure.set(error);
                });
        if (failure.get() != null) {
            throw explain(failure.get());
        }
        return exitCode.get();
    }

    private RuntimeException explain(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof OrtuneException known) {
                return known;
            }
        }
        if (console.verbose()) {
            error.printStackTrace(console.err());
        }
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new InternalException("The service did not start: " + root.getMessage(), error);
    }
}
