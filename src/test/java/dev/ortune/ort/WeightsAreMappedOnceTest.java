package dev.ortune.ort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.graph.Precision;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.onnx.proto.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One base's weights in one process: mapped by the first session, shared by all others. */
class WeightsAreMappedOnceTest {

    private static final GoldenCase GOLDEN = GoldenCase.named("distilbert-q-r4-recipe");

    @TempDir private Path folder;
    private PreparedBase base;
    private ClassifierGraphs graphs;

    @BeforeEach
    void prepare() {
        base = PreparedBase.create("golden", GOLDEN.base(), folder);
        graphs = base.graphs(GOLDEN.options());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void furtherSessionsMapNothing() throws IOException {
        OrtRuntime runtime = OrtRuntime.open(1);
        try (runtime;
                TrainingSession first = training(runtime)) {
            List<String> maps = maps();
            assertThat(maps).isNotEmpty();
            try (TrainingSession second = training(runtime);
                    InferenceSession inference =
                            runtime.openInference(graphs.inference(), base.directory())) {
                evaluate(second);
                evaluate(first);
                assertThat(inference.run(inferenceInputs()).floats("logits")).isNotEmpty();
                assertThat(maps()).isEqualTo(maps);
            }
            // What the others closed is still there for the first.
            evaluate(first);
        }
        assertThat(runtime.openHandles()).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void furtherSessionsInEightBitsMapNothingEither() throws IOException {
        ModelProto int8 = graphs.inference(base.frozenLinear(Precision.INT8));
        try (OrtRuntime runtime = OrtRuntime.open(1);
                InferenceSession first = runtime.openInference(int8, base.directory())) {
            List<String> maps = maps();
            try (InferenceSession second = runtime.openInference(int8, base.directory())) {
                float[] logits = second.run(inferenceInputs()).floats("logits");
                assertThat(first.run(inferenceInputs()).floats("logits")).isEqualTo(logits);
                assertThat(maps()).isEqualTo(maps);
            }
            assertThat(Files.readString(Path.of("/proc/self/maps"))).contains("weights.int8.bin");
        }
    }

    @Test
    void javaCppLimitsNoMemory() {
        OrtRuntime.open(1).close();

        assertThat(Pointer.maxPhysicalBytes()).isZero();
        assertThat(Pointer.maxBytes()).isZero();
    }

    private TrainingSession training(OrtRuntime runtime) {
        return runtime.openTraining(
                new TrainingArtifacts(
                        graphs.training(DropoutMasks.none()),
                        graphs.evaluation(),
                        graphs.optimizer(OptimizerOptions.adamW(0, OptionalDouble.empty())),
                        GOLDEN.tensors("initial/", graphs.plan().parameters())),
                base.directory());
    }

    private static void evaluate(TrainingSession session) {
        assertThat(session.evaluate(GOLDEN.batch(0)).scalar("loss")).isFinite();
    }

    private Map<String, HostTensor> inferenceInputs() {
        Map<String, HostTensor> inputs = GOLDEN.batch(0);
        for (FloatTensor tensor : GOLDEN.tensors("initial/", graphs.plan().parameters())) {
            inputs.put(tensor.name(), new HostTensor.Floats(tensor.shape(), tensor.values()));
        }
        return inputs;
    }

    /** The address ranges that lie over this base's files. */
    private List<String> maps() throws IOException {
        List<String> ranges = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
            if (line.contains(base.directory().toRealPath().toString())) {
                ranges.add(line.split(" ")[0]);
            }
        }
        return ranges;
    }
}
