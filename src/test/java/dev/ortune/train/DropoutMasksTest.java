package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.graph.op.DropoutSeeds;
import dev.ortune.ort.OrtRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dropout as the graphs have it, seen through the loss of a model that does not move. */
class DropoutMasksTest {

    private static final int STEPS = 400;

    @TempDir private Path folder;

    @Test
    void everyStepHasMasksOfItsOwn() {
        List<Float> losses = losses(0.3, 1);

        assertThat(new HashSet<>(losses)).hasSizeGreaterThan(STEPS / 2);
    }

    @Test
    void theSeedDecidesTheMasksOfEveryStep() {
        assertThat(losses(0.3, 7)).isEqualTo(losses(0.3, 7)).isNotEqualTo(losses(0.3, 8));
    }

    @Test
    void aVanishingRateChangesNextToNothing() {
        double undropped = losses(0, 1).get(0);
        double mean =
                losses(0.001, 1).stream().mapToDouble(Float::doubleValue).average().orElseThrow();

        // Kept values are scaled up, so the mean over many masks stays where it was.
        assertThat(mean).isCloseTo(undropped, within(0.02 * undropped));
    }

    private List<Float> losses(double rate, long seed) {
        GoldenCase golden = GoldenCase.named("distilbert-qv-r8-three-labels");
        PreparedBase base = PreparedBase.create("golden", golden.base(), folder);
        ClassifierOptions options = withDropout(golden.options(), rate);
        ClassifierGraphs graphs = base.graphs(options);
        try (OrtRuntime runtime = OrtRuntime.open(1);
                LoraTraining training =
                        LoraTraining.open(
                                runtime,
                                base.directory(),
                                graphs,
                                OptimizerOptions.adamW(0.01, OptionalDouble.empty()),
                                DropoutSeeds.seeded(seed),
                                golden.tensors("initial/", graphs.plan().parameters()))) {
            List<Float> losses = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                losses.addAll(training.update(List.of(golden.batch(0)), 0));
            }
            return losses;
        }
    }

    private static ClassifierOptions withDropout(ClassifierOptions options, double rate) {
        LoraOptions lora = options.lora();
        return new ClassifierOptions(
                new LoraOptions(lora.rank(), lora.alpha(), rate, lora.targetModules()),
                options.labels(),
                options.problemType(),
                options.labelWeights(),
                options.modelDropout(),
                options.modulesToSave());
    }
}
