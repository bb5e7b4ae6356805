package dev.ortune.serve;

import dev.ortune.base.BaseModelResolver;
import dev.ortune.base.BundledBase;
import dev.ortune.base.DownloadProgress;
import dev.ortune.base.HubSettings;
import dev.ortune.base.OrtuneHome;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.OrtuneException;
import dev.ortune.export.PreparedBases;
import dev.ortune.ort.DeviceRequest;
import dev.ortune.ort.OrtRuntime;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Makes the runtime and the catalog when the service starts and closes them, the catalog first, when
 * it stops; both happen on the main thread.
 */
@Singleton
public final class ServingBeans {

    private static final Logger LOG = Logger.getLogger(ServingBeans.class);

    /** The one ONNX Runtime of the process. */
    @Produces
    @Singleton
    OrtRuntime runtime(ServeConfiguration configuration) {
        int threads = configuration.threads().orElse(Runtime.getRuntime().availableProcessors());
        if (threads < 1) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "ortune.threads is " + threads + ".",
                    "Set it to 1 or more, or leave it unset.");
        }
        OrtRuntime runtime =
                OrtRuntime.open(
                        threads, DeviceRequest.parse(configuration.device(), "ortune.device"));
        runtime.selection().warning().ifPresent(LOG::warn);
        return runtime;
    }

    /** Where prepared bases are kept. */
    @Produces
    @Singleton
    OrtuneHome home(ServeConfiguration configuration) {
        return configuration
                .home()
                .map(OrtuneHome::new)
                .orElseGet(() -> OrtuneHome.fromEnvironment(System.getenv()));
    }

    /** The models. */
    @Produces
    @Singleton
    ModelCatalog catalog(ServeConfiguration configuration, OrtRuntime runtime, OrtuneHome home) {
        ModelLoader loader =
                new ModelLoader(
                        runtime,
                        new BaseModelResolver(
                                HubSettings.fromEnvironment(System.getenv()),
                                new BundledBase(home),
                                DownloadProgress.silent()),
                        new PreparedBases(home.directory().resolve("prepared")));
        try {
            return new ModelCatalog(loader, ModelFolders.of(configuration), configuration.base());
        } catch (OrtuneException e) {
            // The error that stops the service shows its message only, deep in a stack trace.
            LOG.errorf("%s %s", e.getMessage(), e.remedy());
            throw e;
        }
    }

    /** Loads the models before the first request: one that cannot be loaded stops the service. */
    void start(@Observes StartupEvent event, ModelCatalog catalog, OrtRuntime runtime) {
        LOG.infof(
                "Serving %d model(s) on %s: %s",
                catalog.models().size(),
                runtime.selection().device().label(),
                catalog.models().stream().map(ServedModel::name).collect(Collectors.joining(", ")));
    }

    void closeCatalog(@Disposes ModelCatalog catalog) {
        catalog.close();
    }

    void closeRuntime(@Disposes OrtRuntime runtime) {
        runtime.close();
    }
}
