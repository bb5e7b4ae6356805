package dev.ortune.serve;

import dev.ortune.base.OrtuneHome;
import dev.ortune.batch.MicroBatcher;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.Precision;
import dev.ortune.ort.Device;
import dev.ortune.ort.DeviceRequest;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.repository.AdapterRepository;
import dev.ortune.repository.KnownBases;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Makes the parts of serving. {@link ServingLifecycle} starts them in their order and stops them in
 * the reverse.
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

    /** What references name. */
    @Produces
    @Singleton
    VersionLookup versions(AdapterRepository repository) {
        VersionLookup versions = new VersionLookup(repository);
        repository.listen(versions);
        return versions;
    }

    /** The bases that answer. */
    @Produces
    @Singleton
    ServedBases bases(OrtRuntime runtime, KnownBases known, ServeConfiguration configuration) {
        Precision precision = Precision.parse(configuration.precision(), "ortune.precision");
        Device device = runtime.selection().device();
        if (precision == Precision.INT8 && device != Device.CPU) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "ortune.precision is int8, which only the CPU computes; the device is "
                            + device.label()
                            + ".",
                    "Set ortune.device=cpu, or ortune.precision=float32.");
        }
        return new ServedBases(runtime, known, precision);
    }

    /** Counts and times. */
    @Produces
    @Singleton
    ServingMetrics metrics(
            MeterRegistry registry,
            MetricsConfiguration metrics,
            BatchConfiguration batch,
            AdapterRepository repository) {
        ServingMetrics listener =
                new ServingMetrics(
                        registry, new ModelLabels(metrics.maxModels()), batch.maxTokens());
        repository.listen(listener);
        return listener;
    }

    /** The adapters in memory. */
    @Produces
    @Singleton
    AdapterStore adapters(
            AdapterConfiguration configuration,
            ServingMetrics metrics,
            AdapterRepository repository) {
        AdapterStore store =
                new AdapterStore(
                        configuration.memoryBudget().asLongValue(),
                        configuration.loaders(),
                        metrics);
        repository.listen(store);
        return store;
    }

    /** The queue and its lanes. */
    @Produces
    @Singleton
    MicroBatcher<TextItem> batcher(BatchConfiguration configuration, ServingMetrics metrics) {
        return new MicroBatcher<>(configuration.settings(), new EncoderRunner(), metrics);
    }

    /** Texts to tokens. */
    @Produces
    @Singleton
    TextEncoder encoder() {
        return new TextEncoder();
    }

    /** The clock of all calls. */
    @Produces
    @Singleton
    Deadlines deadlines(ServeConfiguration configuration) {
        return new Deadlines(configuration.requestTimeout());
    }

    /** Answers. */
    @Produces
    @Singleton
    ClassificationService classification(
            VersionLookup versions,
            ServedBases bases,
            TextEncoder encoder,
            AdapterStore adapters,
            MicroBatcher<TextItem> batcher,
            Deadlines deadlines,
            ServingMetrics metrics) {
        return new BatchedClassification(
                versions, bases, encoder, adapters, batcher, deadlines, metrics);
    }

    /** The models. */
    @Produces
    @Singleton
    ModelRegistry models(
            AdapterRepository repository,
            VersionLookup versions,
            ServedBases bases,
            AdapterStore adapters) {
        return new RepositoryModels(repository, versions, bases, adapters);
    }
}
