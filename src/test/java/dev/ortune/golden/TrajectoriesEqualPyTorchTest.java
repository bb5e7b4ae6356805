package dev.ortune.golden;

import static dev.ortune.golden.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.ort.Device;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.ort.Outputs;
import dev.ortune.train.BatchSplitter;
import dev.ortune.train.LearningRateSchedule;
import dev.ortune.train.LoraTraining;
import dev.ortune.train.Schedule;
import dev.ortune.train.StepInputs;
import dev.ortune.train.StepResult;
import dev.ortune.train.TokenizedExample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs against PyTorch and PEFT: losses, gradient norms, parameters after 10 steps and 3 epochs, evaluation. */
class TrajectoriesEqualPyTorchTest {

    private static final double TOLERANCE = 1e-4;
    private static final Percentage NORM_TOLERANCE = withPercentage(0.01);

    static Stream<GoldenCase> cases() {
        return GoldenCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRunOfThreeEpochsIsEqual(GoldenCase golden, @TempDir Path folder) {
        aRunIsEqual(golden, BatchSplitter.of(golden.options(), Device.CPU), folder);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itIsEqualWhenEveryTextRunsAlone(GoldenCase golden, @TempDir Path folder) {
        aRunIsEqual(golden, new BatchSplitter(golden.options(), 1), folder);
    }

    private static void aRunIsEqual(GoldenCase golden, BatchSplitter splitter, Path folder) {
        PreparedBase base = PreparedBase.create("golden", golden.base(), folder);
        ClassifierGraphs graphs = base.graphs(golden.options());
        JsonNode json = golden.json();
        OrtRuntime runtime = TestDevice.open();
        try (runtime;
                LoraTraining training =
                        LoraTraining.open(
                                runtime,
                                base.directory(),
                                graphs,
                                optimizer(json),
                                OptionalLong.empty(),
                                golden.tensors("initial/", graphs.plan().parameters()))) {
            run(golden, graphs, splitter, training);
            parametersEqual(golden, graphs, training, "eval3/");
            evaluationEquals(golden, training);
        }
        assertThat(runtime.openHandles()).isZero();
    }

    private static void run(
            GoldenCase golden,
            ClassifierGraphs graphs,
            BatchSplitter splitter,
            LoraTraining training) {
        JsonNode json = golden.json();
        int accumulation = json.path("accumulation").asInt();
        LearningRateSchedule schedule =
                new LearningRateSchedule(
                        Schedule.valueOf(json.path("schedule").asText().toUpperCase(Locale.ROOT)),
                        json.path("learning_rate").asDouble(),
                        json.path("warmup_steps").asInt(),
                        json.path("total_steps").asInt());
        int batch = 0;
        for (JsonNode step : json.path("steps")) {
            int index = step.path("step").asInt();
            List<List<TokenizedExample>> batches = new ArrayList<>();
            for (int i = 0; i < step.path("micro_batch_losses").size(); i++) {
                batches.add(golden.examples(batch++ % golden.batchCount()));
            }
            assertThat(batches).hasSizeLessThanOrEqualTo(accumulation);
            StepResult result =
                    training.update(StepInputs.of(batches, splitter), schedule.rate(index));
            List<Float> losses = result.losses();
            for (int i = 0; i < losses.size(); i++) {
                double expected = step.path("micro_batch_losses").get(i).asDouble();
                assertThat((double) losses.get(i))
                        .as("loss of step %d, batch %d", index, i)
                        .isCloseTo(expected, within(Math.max(1e-6, Math.abs(expected) * 1e-4)));
            }
            assertThat(result.gradientNorm())
                    .as("gradient norm of step %d", index)
                    .isCloseTo(step.path("gradient_norm").asDouble(), NORM_TOLERANCE);
            if (index == 9) {
                parametersEqual(golden, graphs, training, "after10/");
            }
        }
    }

    private static void parametersEqual(
            GoldenCase golden, ClassifierGraphs graphs, LoraTraining training, String prefix) {
        List<FloatTensor> expected = golden.tensors(prefix, graphs.plan().parameters());
        List<FloatTensor> actual = training.parameters();
        for (int i = 0; i < expected.size(); i++) {
            assertClose(
                    prefix + expected.get(i).name(),
                    actual.get(i).values(),
                    expected.get(i).values(),
                    TOLERANCE);
        }
    }

    private static void evaluationEquals(GoldenCase golden, LoraTraining training) {
        JsonNode evaluation = golden.json().path("evaluation");
        for (int batch = 0; batch < golden.batchCount(); batch++) {
            Outputs outputs = training.evaluate(golden.batch(batch));
            assertThat((double) outputs.scalar(ClassifierGraphs.LOSS))
                    .as("evaluation loss of batch %d", batch)
                    .isCloseTo(evaluation.path("batch_losses").get(batch).asDouble(), within(1e-4));
            assertClose(
                    "evaluation logits " + batch,
                    outputs.floats(ClassifierGraphs.LOGITS),
                    golden.values("eval3_logits/" + batch),
                    TOLERANCE);
        }
    }

    private static OptimizerOptions optimizer(JsonNode json) {
        return new OptimizerOptions(
                json.path("weight_decay").asDouble(),
                OptionalDouble.of(json.path("clip_norm").asDouble()),
                json.path("betas").get(0).asDouble(),
                json.path("betas").get(1).asDouble(),
                json.path("epsilon").asDouble());
    }
}
