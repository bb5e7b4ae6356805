package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.ort.OrtRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Equal runs give equal numbers, to the last bit: also when every text runs alone, and with a norm
 * that is clipped in every step.
 */
class EqualRunsTest {

    private static final int RUNS = 12;
    private static final int STEPS = 20;
    private static final double SMALL_NORM = 1e-3;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void sessionsAgreeToTheLastBit(int threads, @TempDir Path folder) {
        GoldenCase golden = GoldenCase.named("distilbert-q-r4-recipe");
        PreparedBase base = PreparedBase.create("golden", golden.base(), folder);
        ClassifierGraphs graphs = base.graphs(golden.options());
        BatchSplitter splitter = new BatchSplitter(golden.options(), 1);
        Set<List<Integer>> results = new HashSet<>();
        Set<List<Long>> gradientNorms = new HashSet<>();
        try (OrtRuntime runtime = OrtRuntime.open(threads)) {
            for (int run = 0; run < RUNS; run++) {
                try (LoraTraining training =
                        LoraTraining.open(
                                runtime,
                                base.directory(),
                                graphs,
                                OptimizerOptions.adamW(0.01, OptionalDouble.of(SMALL_NORM)),
                                OptionalLong.of(5),
                                golden.tensors("initial/", graphs.plan().parameters()))) {
                    List<Long> norms = new ArrayList<>();
                    for (int step = 0; step < STEPS; step++) {
                        StepInputs inputs =
                                StepInputs.of(
                                        List.of(golden.examples(step % golden.batchCount())),
                                        splitter);
                        double norm = training.update(inputs, 1e-2).gradientNorm();
                        norms.add(Double.doubleToRawLongBits(norm));
                    }
                    gradientNorms.add(norms);
                    results.add(bits(training.parameters()));
                }
            }
        }
        assertThat(results).hasSize(1);
        assertThat(gradientNorms).hasSize(1);
    }

    private static List<Integer> bits(List<FloatTensor> parameters) {
        List<Integer> bits = new ArrayList<>();
        for (FloatTensor parameter : parameters) {
            for (float value : parameter.values()) {
                bits.add(Float.floatToRawIntBits(value));
            }
        }
        return bits;
    }
}
