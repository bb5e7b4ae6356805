package dev.ortune.ort;

import dev.ortune.error.OrtuneException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Loads ONNX Runtime on a thread of its own, beside whatever else a start has to do. A process has one
 * environment of it, which the first to ask makes and the last to leave ends: who opens {@link
 * OrtRuntime} while this is open has it at once, or waits for the rest of its loading.
 */
public final class RuntimePreload implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RuntimePreload.class);

    private final CompletableFuture<Optional<OrtRuntime>> runtime;

    private RuntimePreload(CompletableFuture<Optional<OrtRuntime>> runtime) {
        this.runtime = runtime;
    }

    /**
     * Begins to load.
     *
     * @param threads that compute, as whoever opens the runtime will have it: the environment's are
     *     those of the first
     */
    public static RuntimePreload start(int threads) {
        findFileFunctions();
        return new RuntimePreload(
                CompletableFuture.supplyAsync(
                        () -> open(threads),
                        loading -> {
                            Thread thread = new Thread(loading, "ortune-preload");
                            thread.setDaemon(true);
                            thread.start();
                        }));
    }

    /**
     * In an executable nobody finds the native function behind a Java method while a library is being loaded, so
     * that a start would wait for these: they are found before.
     */
    private static void findFileFunctions() {
        Path here = Path.of("");
        LOG.debugf("%s: %s, %s", here, Files.isDirectory(here), Files.notExists(here));
    }

    /** A failure is for whoever needs the runtime to tell. */
    private static Optional<OrtRuntime> open(int threads) {
        try {
            return Optional.of(OrtRuntime.open(threads));
        } catch (OrtuneException | LinkageError e) {
            LOG.debug("ONNX Runtime could not be loaded ahead", e);
            return Optional.empty();
        }
    }

    /** Waits until it is loaded, and leaves it. */
    @Override
    public void close() {
        runtime.join().ifPresent(OrtRuntime::close);
    }
}
