package dev.ortune.cli;

import dev.ortune.console.Console;
import dev.ortune.error.InternalException;
import dev.ortune.error.OrtuneException;
import dev.ortune.ort.RuntimePreload;
import io.quarkus.runtime.Quarkus;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Starts Quarkus; a start that fails is told like any other error, without a stack trace. */
final class QuarkusLauncher implements ServiceLauncher {

    private final Console console;

    QuarkusLauncher(Console console) {
        this.console = console;
    }

    @Override
    public int run(Map<String, String> settings, List<String> announcement) {
        settings.forEach(System::setProperty);
        AtomicInteger exitCode = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Optional<RuntimePreload> preload =
                Optional.ofNullable(settings.get("ortune.threads"))
                        .map(threads -> RuntimePreload.start(Integer.parseInt(threads)));
        try {
            Quarkus.run(
                    ServiceApplication.class,
                    (code, error) -> {
                        exitCode.set(code);
                        failure.set(error);
                    },
                    announcement.toArray(String[]::new));
        } finally {
            preload.ifPresent(RuntimePreload::close);
        }
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
            if (cause instanceof ConfigValidationException settings) {
                return SettingFaults.of(settings);
            }
            if (cause instanceof BindException) {
                return HttpPort.taken(cause.getMessage(), cause);
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
