package dev.ortune.golden;

import static dev.ortune.golden.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.ort.HostTensor;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.ort.Outputs;
import dev.ortune.ort.TrainingArtifacts;
import dev.ortune.ort.TrainingSession;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logits, loss and every gradient of our graphs against PyTorch and PEFT in float64. */
class GradientsEqualPyTorchTest {

    static Stream<GoldenCase> cases() {
        return GoldenCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossLogitsAndGradientsAreEqual(GoldenCase golden, @TempDir Path folder) {
        PreparedBase base = PreparedBase.create("golden", golden.base(), folder);
        ClassifierGraphs graphs = base.graphs(golden.options());
        List<FloatTensor> initial = golden.tensors("initial/", graphs.plan().parameters());
        TrainingArtifacts artifacts =
                new TrainingArtifacts(
                        graphs.trainingWithGradientOutputs(DropoutMasks.none()),
                        graphs.evaluation(),
                        graphs.optimizer(OptimizerOptions.adamW(0.01, OptionalDouble.of(1))),
                        initial);
        OrtRuntime runtime = TestDevice.open();
        try (runtime;
                TrainingSession session = runtime.openTraining(artifacts, base.directory())) {
            Map<String, HostTensor> inputs = golden.batch(0);
            inputs.put(ClassifierGraphs.GRADIENT_SCALE, HostTensor.Floats.scalar(1));
            session.resetGradients();
            Outputs outputs = session.trainStep(inputs);

            float loss = (float) golden.json().path("first_batch").path("loss").asDouble();
            assertClose("loss", outputs.floats("loss"), new float[] {loss}, 1e-5);
            assertClose("logits", outputs.floats("logits"), golden.values("logits/0"), 1e-5);
            for (FloatTensor gradient : golden.tensors("gradient/", graphs.plan().parameters())) {
                assertClose(
                        gradient.name(),
                        outputs.floats("gradient/" + gradient.name()),
                        gradient.values(),
                        1e-4);
            }
            Outputs evaluated = session.evaluate(inputs);
            assertClose("evaluated", evaluated.floats("logits"), golden.values("logits/0"), 1e-5);
        }
        assertThat(runtime.openHandles()).isZero();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTrainedParametersAreThoseThatPeftTrains(GoldenCase golden, @TempDir Path folder) {
        PreparedBase base = PreparedBase.create("golden", golden.base(), folder);
        ClassifierGraphs graphs = base.graphs(golden.options());
        assertThat(graphs.plan().trainableCount())
                .isEqualTo(golden.json().path("trainable_parameters").asLong());
    }
}
