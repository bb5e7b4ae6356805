package dev.ortune.bench.serve;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.NewAdapter;
import dev.ortune.adapter.TextLimits;
import dev.ortune.adapter.TrainingReport;
import dev.ortune.bench.race.RaceBase;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.TrainableParameter;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * PEFT adapter folders of random weights, each with its own file of 2.5 MB: the default recipe, r=4 on
 * DistilBERT's {@code q_lin}, and the whole head. They hold what PEFT's {@code save_pretrained} and a
 * classifier's configuration leave, and nothing that is Ortune's own.
 */
final class RandomAdapters {

    /** The labels of all of them. */
    static final List<String> LABELS = List.of("negative", "positive");

    private static final Set<String> KEPT =
            Set.of("adapter_config.json", "adapter_model.safetensors", "config.json");

    /** Large enough that adapters and texts give different answers. */
    private static final double DEVIATION = 0.05;

    private final RaceBase base;
    private final ClassifierOptions options;
    private final AdapterPlan plan;

    RandomAdapters(RaceBase base) {
        this.base = base;
        this.options = ClassifierOptions.singleLabel(LoraOptions.DEFAULTS, LABELS);
        this.plan = base.prepared().graphs(options).plan();
    }

    /** The name of an adapter's folder, which the service serves it by. */
    static String name(int number) {
        return String.format(Locale.ROOT, "adapter-%04d", number);
    }

    /**
     * Writes adapters 0 to count - 1.
     *
     * @param parent their folders' folder
     */
    List<Path> write(Path parent, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> write(parent.resolve(name(number)), (long) number))
                .toList();
    }

    /** Writes an adapter that follows from the seed. */
    Path write(Path folder, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FloatTensor> values =
                plan.parameters().stream().map(parameter -> values(parameter, random)).toList();
        AdapterFolder.write(
                folder,
                new NewAdapter(
                        Adapter.trained(base.model().directory().toString(), plan, options, values),
                        base.prepared(),
                        TextLimits.DEFAULTS,
                        new TrainingReport(
                                Map.of(), List.of(), List.of(), 0, Map.of(), Instant.EPOCH)));
        removeWhatIsOurs(folder);
        return folder;
    }

    private static FloatTensor values(TrainableParameter parameter, SplittableRandom random) {
        float[] values = new float[Math.toIntExact(parameter.shape().elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * DEVIATION);
        }
        return new FloatTensor(parameter.name(), parameter.shape(), values);
    }

    private static void removeWhatIsOurs(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!KEPT.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(folder, e);
        }
    }
}
