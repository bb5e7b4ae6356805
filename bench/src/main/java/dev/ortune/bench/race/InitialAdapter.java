package dev.ortune.bench.race;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.NewAdapter;
import dev.ortune.adapter.TextLimits;
import dev.ortune.adapter.TrainingReport;
import dev.ortune.export.InitialParameters;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An untrained adapter in a temporary folder: what both sides start from. */
final class InitialAdapter implements AutoCloseable {

    private static final long SEED = 0;

    private final Path folder;

    private InitialAdapter(Path folder) {
        this.folder = folder;
    }

    /**
     * Draws the parameters of the default recipe and writes them.
     *
     * @param baseName what the base is called
     */
    static InitialAdapter write(String baseName, PreparedBase base) {
        ClassifierOptions options =
                ClassifierOptions.singleLabel(LoraOptions.DEFAULTS, ReviewTexts.labels());
        AdapterPlan plan = base.graphs(options).plan();
        NewAdapter adapter =
                new NewAdapter(
                        Adapter.trained(
                                baseName,
                                plan,
                                options,
                                new InitialParameters(base, SEED).of(plan)),
                        base,
                        TextLimits.DEFAULTS,
                        new TrainingReport(
                                Map.of(),
                                List.of(),
                                List.of(),
                                0,
                                Map.of(),
                                Clock.systemUTC().instant()));
        InitialAdapter written = new InitialAdapter(temporaryFolder());
        AdapterFolder.write(written.folder, adapter);
        return written;
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(folder, e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("ortune-race-");
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }
}
