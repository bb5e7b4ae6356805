package dev.ortune.serve;

import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.base.BaseModelResolver;
import dev.ortune.base.BundledBase;
import dev.ortune.base.DownloadProgress;
import dev.ortune.base.HubSettings;
import dev.ortune.base.OrtuneHome;
import dev.ortune.batch.BatchSettings;
import dev.ortune.batch.BatchShape;
import dev.ortune.batch.MicroBatcher;
import dev.ortune.export.PreparedBases;
import dev.ortune.golden.GoldenCase;
import dev.ortune.graph.Precision;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.repository.AdapterRepository;
import dev.ortune.repository.ConfiguredFolders;
import dev.ortune.repository.KnownBases;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of serving as the service puts them together, over two golden adapters of one base. */
final class ServingParts implements AutoCloseable {

    static final Path OURS = GoldenAdapter.named("ortune-distilbert").folder();
    static final Path PEFTS = GoldenAdapter.named("peft-distilbert").folder();

    final MeterRegistry registry = new SimpleMeterRegistry();
    final OrtRuntime runtime = OrtRuntime.open(1);
    final AdapterRepository repository;
    final AdapterStore adapters;
    final VersionLookup versions;
    final ServedBases bases;
    final ClassificationService service;
    final ModelRegistry models;
    final MicroBatcher<TextItem> batcher;

    private final TextEncoder encoder = new TextEncoder();
    private final Deadlines deadlines;

    ServingParts(Path home, Map<String, Path> folders, BatchSettings settings, Duration timeout) {
        BaseModelResolver resolver =
                new BaseModelResolver(
                        HubSettings.fromEnvironment(
                                Map.of("HF_HUB_OFFLINE", "1", "HF_HOME", home.toString())),
                        new BundledBase(new OrtuneHome(home)),
                        DownloadProgress.silent());
        PreparedBases prepared = new PreparedBases(home.resolve("prepared"));
        KnownBases known =
                new KnownBases(
                        List.of(),
                        Optional.of(GoldenCase.base("distilbert-tiny").toString()),
                        name -> prepared.prepare(resolver.resolve(name)));
        repository = AdapterRepository.open(home.resolve("models"));
        new ConfiguredFolders(repository, known).mount(folders);
        ServingMetrics metrics = new ServingMetrics(registry, new ModelLabels(2), 512);
        versions = new VersionLookup(repository);
        bases = new ServedBases(runtime, known, Precision.FLOAT32);
        adapters = new AdapterStore(1 << 20, 2, metrics);
        repository.listen(adapters);
        batcher = new MicroBatcher<>(settings, new EncoderRunner(), metrics);
        deadlines = new Deadlines(timeout);
        service =
                new BatchedClassification(
                        versions, bases, encoder, adapters, batcher, deadlines, metrics);
        models = new RepositoryModels(repository, versions, bases, adapters);
    }

    static ServingParts open(Path home) {
        return new ServingParts(
                home,
                Map.of("ours", OURS, "pefts", PEFTS),
                new BatchSettings(new BatchShape(512, 128), 65_536, 1),
                Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        batcher.close();
        deadlines.close();
        adapters.close();
        encoder.close();
        bases.close();
        runtime.close();
        repository.close();
    }
}
