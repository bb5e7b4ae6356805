package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.onnx.proto.AttributeProto;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.NodeProto;
import dev.ortune.ort.HostTensor;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.ort.TrainingArtifacts;
import dev.ortune.ort.TrainingSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ONNX Runtime steps a Dropout's seed by one per run, so whoever trains an exported graph can resume
 * it. Our own training on the CPU feeds masks instead ({@link MaskDrawer}).
 */
class DropoutResumeTest {

    private static final int STEPS = 6;

    @TempDir private Path folder;

    @Test
    void seedsMovedByNGiveTheMasksOfTheNthStep() {
        GoldenCase golden = GoldenCase.named("distilbert-qv-r8-three-labels");
        PreparedBase base = PreparedBase.create("golden", golden.base(), folder);
        ClassifierOptions options = golden.options();
        LoraOptions lora = options.lora();
        ClassifierGraphs graphs =
                base.graphs(
                        ClassifierOptions.singleLabel(
                                new LoraOptions(
                                        lora.rank(), lora.alpha(), 0.3, lora.targetModules()),
                                options.labels()));
        ModelProto training = graphs.training(DropoutMasks.seeded(3));

        List<Float> whole = losses(golden, base, graphs, training, STEPS);
        List<Float> resumed = losses(golden, base, graphs, moved(training, 2), STEPS - 2);

        assertThat(resumed).isEqualTo(whole.subList(2, STEPS));
    }

    private static List<Float> losses(
            GoldenCase golden,
            PreparedBase base,
            ClassifierGraphs graphs,
            ModelProto training,
            int steps) {
        TrainingArtifacts artifacts =
                new TrainingArtifacts(
                        training,
                        graphs.evaluation(),
                        graphs.optimizer(OptimizerOptions.adamW(0, OptionalDouble.empty())),
                        golden.tensors("initial/", graphs.plan().parameters()));
        try (OrtRuntime runtime = OrtRuntime.open(1);
                TrainingSession session = runtime.openTraining(artifacts, base.directory())) {
            Map<String, HostTensor> inputs = golden.batch(0);
            inputs.put(ClassifierGraphs.GRADIENT_SCALE, HostTensor.Floats.scalar(1));
            List<Float> losses = new ArrayList<>();
            for (int step = 0; step < steps; step++) {
                losses.add(session.trainStep(inputs).scalar(ClassifierGraphs.LOSS));
            }
            return losses;
        }
    }

    private static ModelProto moved(ModelProto model, long steps) {
        ModelProto.Builder copy = model.toBuilder();
        for (NodeProto.Builder node : copy.getGraphBuilder().getNodeBuilderList()) {
            for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
                if (attribute.getName().equals("seed")) {
                    attribute.setI(attribute.getI() + steps);
                }
            }
        }
        return copy.build();
    }
}
