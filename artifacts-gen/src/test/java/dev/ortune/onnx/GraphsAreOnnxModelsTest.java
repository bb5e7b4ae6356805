package dev.ortune.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.Golden;
import dev.ortune.golden.RealConfigs;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.ClassifierModel;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.FrozenWeights;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.onnx.proto.AttributeProto.AttributeType;
import dev.ortune.onnx.proto.GraphProto;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.NodeProto;
import dev.ortune.onnx.proto.OperatorSetIdProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any ONNX tool can read our graphs. */
class GraphsAreOnnxModelsTest {

    static Stream<Golden> cases() {
        return Golden.cases();
    }

    static Stream<JsonNode> realConfigs() {
        return Stream.of(RealConfigs.distilBert(), RealConfigs.bert());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theGraphsOfEveryGoldenCaseKeepTheRules(Golden golden, @TempDir Path folder)
            throws IOException {
        PreparedBase base = PreparedBase.create("golden", golden.base(), folder);

        assertRulesKept(base.graphs(golden.options()), Files.size(base.weightsFile()));
        assertRulesKept(
                base.graphs(golden.options().withoutDropout()), Files.size(base.weightsFile()));
    }

    @ParameterizedTest
    @MethodSource("realConfigs")
    void theGraphsOfThePublishedSizesKeepTheRules(JsonNode config) {
        ClassifierModel model = RealConfigs.model(config);
        FrozenWeights layout = RealConfigs.layout(model.structure(2));
        long bytes =
                layout.tensors().values().stream()
                        .mapToLong(place -> place.offset() + place.shape().elements() * Float.BYTES)
                        .max()
                        .orElseThrow();
        for (LoraOptions lora :
                List.of(LoraOptions.DEFAULTS, new LoraOptions(8, 16, 0.1, List.of("all-linear")))) {
            ClassifierOptions options = ClassifierOptions.singleLabel(lora, List.of("a", "b", "c"));
            assertRulesKept(new ClassifierGraphs(model, options, layout), bytes);
        }
    }

    @Test
    void theOptimizerKeepsTheRulesWithAndWithoutClipping(@TempDir Path folder) {
        PreparedBase base = PreparedBase.create("golden", Golden.base("distilbert-tiny"), folder);
        ClassifierGraphs graphs =
                base.graphs(ClassifierOptions.singleLabel(LoraOptions.DEFAULTS, List.of("a", "b")));
        for (OptionalDouble clip : List.of(OptionalDouble.of(1), OptionalDouble.empty())) {
            ModelProto optimizer = graphs.optimizer(OptimizerOptions.adamW(0.01, clip));
            assertThat(OnnxModelRules.violations(optimizer, 0)).isEmpty();
        }
    }

    @Test
    void theRulesSeeWhatIsWrong(@TempDir Path folder) {
        PreparedBase base = PreparedBase.create("golden", Golden.base("distilbert-tiny"), folder);
        ModelProto good =
                base.graphs(ClassifierOptions.singleLabel(LoraOptions.DEFAULTS, List.of("a", "b")))
                        .inference();
        GraphProto graph = good.getGraph();
        int gather =
                graph.getNodeList().stream().map(NodeProto::getOpType).toList().indexOf("Gather");
        NodeProto node = graph.getNode(gather);

        assertBreaks(graph.toBuilder().addNode(node), "is defined once");
        assertBreaks(graph.toBuilder().removeNode(gather), "is defined before");
        assertBreaks(graph.toBuilder().removeInput(0), "is defined before");
        assertBreaks(
                graph.toBuilder().setNode(gather, node.toBuilder().setOpType("Gathers")),
                "opset 17");
        assertBreaks(graph.toBuilder().setNode(gather, node.toBuilder().clearInput()), "0 inputs");
        assertBreaks(
                graph.toBuilder()
                        .setNode(
                                gather,
                                node.toBuilder()
                                        .setAttribute(
                                                0,
                                                node.getAttribute(0).toBuilder()
                                                        .setType(AttributeType.FLOAT))),
                "has its type");
        assertThat(OnnxModelRules.violations(good, 10_000))
                .anyMatch(violation -> violation.contains("lies in the file"));
        assertThat(OnnxModelRules.violations(good.toBuilder().clearOpsetImport().build(), 1 << 20))
                .anyMatch(violation -> violation.contains("domain is imported"));
    }

    private static void assertBreaks(GraphProto.Builder graph, String rule) {
        ModelProto model =
                ModelProto.newBuilder()
                        .setIrVersion(8)
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                        .addOpsetImport(
                                OperatorSetIdProto.newBuilder()
                                        .setDomain(GraphBuilder.MICROSOFT)
                                        .setVersion(1))
                        .setGraph(graph)
                        .build();
        assertThat(OnnxModelRules.violations(model, 1 << 20))
                .anyMatch(violation -> violation.contains(rule));
    }

    private static void assertRulesKept(ClassifierGraphs graphs, long weightsBytes) {
        for (ModelProto model :
                List.of(
                        graphs.training(DropoutMasks.seeded(7)),
                        graphs.trainingWithGradientNorm(DropoutMasks.none()),
                        graphs.trainingWithGradientOutputs(DropoutMasks.none()),
                        graphs.evaluation(),
                        graphs.inference())) {
            assertThat(OnnxModelRules.violations(model, weightsBytes))
                    .as(model.getGraph().getName())
                    .isEmpty();
        }
    }
}
