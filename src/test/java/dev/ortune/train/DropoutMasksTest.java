package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.graph.op.Dropout;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.graph.op.FedMasks;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.graph.op.Rows;
import dev.ortune.graph.op.Tape;
import dev.ortune.graph.op.Value;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.OperatorSetIdProto;
import dev.ortune.onnx.proto.TensorProto.DataType;
import dev.ortune.ort.Device;
import dev.ortune.ort.HostTensor;
import dev.ortune.ort.InferenceSession;
import dev.ortune.ort.OrtRuntime;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dropout as the graphs have it: its values, and its masks seen through a loss at rest. */
class DropoutMasksTest {

    private static final int STEPS = 400;
    private static final int SIDE = 150;

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
    void aValueIsZeroedByTheRateOrScaledUpByWhatIsKept() {
        GraphBuilder graph = new GraphBuilder("dropout");
        graph.input("x", DataType.FLOAT, SIDE, SIDE);
        Value dropped =
                new Dropout(0.3, DropoutMasks.seeded(1))
                        .apply(new Tape(graph), Value.constant("x", Rows.TOKENS), SIDE);
        graph.outputAs(dropped.name(), "y", DataType.FLOAT, SIDE, SIDE);
        float[] ones = new float[SIDE * SIDE];
        Arrays.fill(ones, 1);

        float[] values =
                run(graph, Map.of("x", new HostTensor.Floats(TensorShape.of(SIDE, SIDE), ones)));

        int zeros = 0;
        for (float value : values) {
            if (value == 0) {
                zeros++;
            } else {
                assertThat(value).isCloseTo(1 / 0.7f, within(1e-6f));
            }
        }
        // Ten standard deviations of the share, so that no seed fails by chance.
        assertThat((double) zeros / values.length).isCloseTo(0.3, within(0.03));
    }

    @Test
    void aFedMaskZeroesItsValuesAndTheOthersAreScaledUp() {
        GraphBuilder graph = new GraphBuilder("dropout");
        graph.input("x", DataType.FLOAT, 1, 4);
        FedMasks masks = DropoutMasks.fed();
        Value dropped =
                new Dropout(0.25, masks)
                        .apply(new Tape(graph), Value.constant("x", Rows.TOKENS), 4);
        graph.outputAs(dropped.name(), "y", DataType.FLOAT, 1, 4);
        ByteBuffer mask = ByteBuffer.allocateDirect(4);
        mask.put(0, new byte[] {1, 0, 0, 1});

        assertThat(masks.inputs()).extracting(FedMasks.Input::dropInSteps).containsExactly(8192);
        assertThat(
                        run(
                                graph,
                                Map.of(
                                        "x",
                                        new HostTensor.Floats(
                                                TensorShape.of(1, 4), new float[] {3, 5, 7, 9}),
                                        "dropout_mask_0",
                                        new HostTensor.Booleans(TensorShape.of(1, 4), mask))))
                .containsExactly(4, 0, 0, 12);
    }

    private float[] run(GraphBuilder graph, Map<String, HostTensor> inputs) {
        ModelProto model =
                ModelProto.newBuilder()
                        .setIrVersion(8)
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                        .addOpsetImport(
                                OperatorSetIdProto.newBuilder()
                                        .setDomain(GraphBuilder.MICROSOFT)
                                        .setVersion(1))
                        .setGraph(graph.build())
                        .build();
        try (OrtRuntime runtime = OrtRuntime.open(1);
                InferenceSession session = runtime.openInference(model, folder)) {
            return session.run(inputs).floats("y");
        }
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
                                OptionalLong.of(seed),
                                golden.tensors("initial/", graphs.plan().parameters()))) {
            List<Float> losses = new ArrayList<>();
            StepInputs inputs =
                    StepInputs.of(
                            List.of(golden.examples(0)), BatchSplitter.of(options, Device.CPU));
            for (int step = 0; step < STEPS; step++) {
                losses.addAll(training.update(inputs, 0).losses());
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
