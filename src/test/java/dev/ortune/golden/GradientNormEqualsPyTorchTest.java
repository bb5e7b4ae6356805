package dev.ortune.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.ort.Device;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.train.BatchSplitter;
import dev.ortune.train.LoraTraining;
import dev.ortune.train.StepInputs;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step's gradient norm against that of PyTorch's gradients, whatever is done with the gradient. */
class GradientNormEqualsPyTorchTest {

    private static final double TOLERANCE_PERCENT = 0.01;

    static Stream<GoldenCase> cases() {
        return GoldenCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itIsToldWithoutClipping(GoldenCase golden, @TempDir Path folder) {
        assertEqual(golden, whole(golden), OptionalDouble.empty(), folder);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itIsThatBeforeClipping(GoldenCase golden, @TempDir Path folder) {
        assertEqual(golden, whole(golden), OptionalDouble.of(1e-3), folder);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itIsThatOfTheWholeBatchWhereEveryTextRunsAlone(GoldenCase golden, @TempDir Path folder) {
        assertEqual(golden, new BatchSplitter(golden.options(), 1), OptionalDouble.empty(), folder);
    }

    /** Two steps, of which the second must not count the first one's gradient. */
    private static void assertEqual(
            GoldenCase golden, BatchSplitter splitter, OptionalDouble clipNorm, Path folder) {
        PreparedBase base = PreparedBase.create("golden", golden.base(), folder);
        ClassifierGraphs graphs = base.graphs(golden.options());
        double expected = norm(golden.tensors("gradient/", graphs.plan().parameters()));
        try (OrtRuntime runtime = TestDevice.open();
                LoraTraining training =
                        LoraTraining.open(
                                runtime,
                                base.directory(),
                                graphs,
                                OptimizerOptions.adamW(0, clipNorm),
                                OptionalLong.empty(),
                                golden.tensors("initial/", graphs.plan().parameters()))) {
            StepInputs inputs = StepInputs.of(List.of(golden.examples(0)), splitter);
            for (int step = 0; step < 2; step++) {
                assertThat(training.update(inputs, 0).gradientNorm())
                        .as("step %d", step)
                        .isCloseTo(expected, withPercentage(TOLERANCE_PERCENT));
            }
        }
    }

    private static BatchSplitter whole(GoldenCase golden) {
        return BatchSplitter.of(golden.options(), Device.CPU);
    }

    private static double norm(List<FloatTensor> gradients) {
        double squares = 0;
        for (FloatTensor gradient : gradients) {
            for (float value : gradient.values()) {
                squares += (double) value * value;
            }
        }
        return Math.sqrt(squares);
    }
}
