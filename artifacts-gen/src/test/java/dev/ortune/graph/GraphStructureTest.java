package dev.ortune.graph;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.export.PreparedBase;
import dev.ortune.golden.Golden;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.onnx.proto.AttributeProto;
import dev.ortune.onnx.proto.GraphProto;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.NodeProto;
import dev.ortune.onnx.proto.TensorProto;
import dev.ortune.onnx.proto.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The graphs do no more than they must: every node of a three-layer DistilBERT is counted. Each
 * count is the sum that stands beside it.
 */
class GraphStructureTest {

    private static final int LAYERS = 3;
    private static final int LINEARS_PER_LAYER = 6;
    private static final int HEAD = 2;
    // Beside the frozen product: x A', then u B' onto the product.
    private static final int LORA_FORWARD = 2;

    @TempDir private Path folder;
    private PreparedBase base;

    @BeforeEach
    void prepare() {
        base = PreparedBase.create("golden", Golden.base("distilbert-tiny"), folder);
        assertThat(base.model().config().layers()).isEqualTo(LAYERS);
    }

    @Test
    void theForwardPassHasOneGemmPerLinearLayerAndTwoPerUpdate() {
        Map<String, Long> counts = counts(graphs("q_lin").inference());

        assertThat(counts)
                .containsEntry("Gemm", (long) LAYERS * (LINEARS_PER_LAYER + LORA_FORWARD) + HEAD)
                .containsEntry("LayerNormalization", 2L * LAYERS + 1)
                .containsEntry("FusedMatMul", (long) LAYERS)
                .containsEntry("MatMul", (long) LAYERS)
                .containsEntry("Softmax", (long) LAYERS)
                .containsEntry("Gelu", (long) LAYERS)
                .containsEntry("Relu", 1L)
                .doesNotContainKeys("Dropout", "ScatterND", "Where");
    }

    @Test
    void onlyAttentionStandsPaddedAndOnlyInTheLayersThatNeedAllQueries() {
        Map<String, Long> counts = counts(graphs("q_lin").inference());

        // Words and positions; keys and values padded in every layer, queries and the way back in
        // all but the last; [CLS] picked once.
        assertThat(counts).containsEntry("Gather", 2L + 2 * LAYERS + 2 * (LAYERS - 1) + 1);
        assertThat(counts).doesNotContainKey("Transpose");
        GraphProto graph = graphs("q_lin").inference().getGraph();
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Gemm")) {
                assertThat(node.getInput(0))
                        .as("%s reads flat rows, never the padded block", node.getName())
                        .matches("(LayerNormalization|Gather|Gemm|Reshape|Gelu|Relu|Dropout).*");
            }
        }
    }

    @Test
    void fromTheLastLayersQueryOnOnlyTheFirstTokensAreComputed() {
        GraphProto graph = graphs("q_lin").inference().getGraph();
        NodeProto pick =
                graph.getNodeList().stream()
                        .filter(node -> node.getInputList().contains("cls_index"))
                        .collect(
                                Collectors.collectingAndThen(
                                        Collectors.toList(),
                                        list -> {
                                            assertThat(list).hasSize(1);
                                            return list.get(0);
                                        }));
        Set<String> rows = descendants(graph, pick.getOutput(0));
        List<String> weights =
                graph.getNodeList().stream()
                        .filter(node -> node.getOpType().equals("Gemm"))
                        .filter(node -> rows.contains(node.getOutput(0)))
                        .map(node -> node.getInput(1))
                        .filter(name -> !name.contains("lora"))
                        .toList();

        String last = "distilbert.transformer.layer.2.";
        assertThat(weights)
                .containsExactly(
                        last + "attention.q_lin.weight",
                        last + "attention.out_lin.weight",
                        last + "ffn.lin1.weight",
                        last + "ffn.lin2.weight",
                        "pre_classifier.weight",
                        "classifier.weight");
    }

    @Test
    void theGradientStopsAtTheFirstLayersQuery() {
        GraphProto graph = graphs("q_lin").training(DropoutMasks.none()).getGraph();
        Map<String, List<NodeProto>> users =
                graph.getNodeList().stream()
                        .flatMap(n -> n.getInputList().stream().map(in -> Map.entry(in, n)))
                        .collect(
                                groupingBy(
                                        Map.Entry::getKey,
                                        Collectors.mapping(
                                                Map.Entry::getValue, Collectors.toList())));
        String first = "distilbert.transformer.layer.0.attention.";
        String second = "distilbert.transformer.layer.1.attention.";

        // A frozen weight is read in the forward pass, and again where its input needs a gradient.
        assertThat(users.get(first + "q_lin.weight")).hasSize(1);
        assertThat(users.get(first + "k_lin.weight")).hasSize(1);
        assertThat(users.get(first + "v_lin.weight")).hasSize(1);
        assertThat(users.get(first + "out_lin.weight")).hasSize(2);
        assertThat(users.get(second + "q_lin.weight")).hasSize(2);
        assertThat(users.get(second + "k_lin.weight")).hasSize(2);
        assertThat(users.get(second + "v_lin.weight")).hasSize(2);
        assertThat(users.get("distilbert.embeddings.LayerNorm.weight")).hasSize(1);
    }

    @Test
    void theBackwardPassHasExactlyTheProductsThatTheTrainableValuesNeed() {
        ModelProto training = graphs("q_lin").training(DropoutMasks.none());
        Map<String, Long> backward = counts(training);
        counts(graphs("q_lin").evaluation())
                .forEach((type, count) -> backward.merge(type, -count, Long::sum));

        long inputGradients =
                // The head: classifier and pre_classifier towards their inputs.
                HEAD
                        // Layer 0: out_lin, lin1, lin2.
                        + 3
                        // Layers 1 and 2: those and q_lin, k_lin, v_lin.
                        + 6 * (LAYERS - 1)
                        // The update's own way to its input, in the same layers.
                        + (LAYERS - 1);
        long parameterGradients =
                // Per update dB, du and dA; per head layer its weight.
                3 * LAYERS + HEAD;
        assertThat(backward)
                .containsEntry("Gemm", inputGradients + parameterGradients)
                // Per head layer its bias, no other bias is trained; per layer the softmax's row
                // sums.
                .containsEntry("ReduceSum", (long) HEAD + LAYERS)
                // All but the embeddings'.
                // Two means per layer normalization that the gradient passes.
                .containsEntry("ReduceMean", 2 * 2L * LAYERS)
                // Probabilities towards queries in each layer; towards keys and values above the
                // first.
                .containsEntry("FusedMatMul", 2L * LAYERS + 2 * (LAYERS - 1))
                .containsEntry("Erf", (long) LAYERS)
                .containsEntry("Exp", (long) LAYERS)
                .containsEntry("ScatterND", 1L)
                .containsEntry("InPlaceAccumulatorV2", 2L * LAYERS + 2 * HEAD);
    }

    @Test
    void theGradientNormReadsEveryBufferOnceAndFollowsTheUsersOutputs() {
        ClassifierGraphs graphs = graphs("q_lin");
        ModelProto training = graphs.trainingWithGradientNorm(DropoutMasks.none());
        Map<String, Long> added = counts(training);
        counts(graphs.training(DropoutMasks.none()))
                .forEach((type, count) -> added.merge(type, -count, Long::sum));
        added.values().removeIf(count -> count == 0);

        long parameters = graphs.plan().parameters().size();
        assertThat(added)
                .isEqualTo(
                        Map.of(
                                "Reshape", parameters,
                                "ReduceSumSquare", parameters,
                                "Concat", 1L,
                                "ReduceSum", 1L,
                                "Sqrt", 1L,
                                "Identity", 1L));
        assertThat(training.getGraph().getOutputList().stream().map(ValueInfoProto::getName))
                .startsWith(
                        ClassifierGraphs.LOSS,
                        ClassifierGraphs.LOGITS,
                        ClassifierGraphs.GRADIENT_NORM)
                .hasSize(3 + (int) parameters);
    }

    @Test
    void frozenWeightsGetNoGradientWhateverIsAdapted() {
        GraphProto graph = graphs("all-linear").training(DropoutMasks.seeded(1)).getGraph();
        Set<String> parameters =
                graphs("all-linear").plan().parameters().stream()
                        .map(TrainableParameter::name)
                        .collect(Collectors.toSet());
        // A weight's gradient is the one product with a transposed first factor.
        long weightGradients =
                graph.getNodeList().stream()
                        .filter(node -> node.getOpType().equals("Gemm"))
                        .filter(node -> hasAttribute(node, "transA"))
                        .count();

        assertThat(weightGradients)
                .isEqualTo(parameters.stream().filter(name -> name.endsWith(".weight")).count());
        assertThat(
                        graph.getInitializerList().stream()
                                .map(TensorProto::getName)
                                .filter(parameters::contains))
                .isEmpty();
    }

    @Test
    void adaptingTheLastLayersOnlyLeavesTheLowerOnesWithoutGradient() {
        Map<String, Long> counts =
                counts(graphs("layer.2.attention.q_lin").training(DropoutMasks.none()));

        assertThat(counts)
                .containsEntry("ReduceMean", 2 * 2L)
                .containsEntry("Exp", 1L)
                .doesNotContainKey("ScatterND");
    }

    private ClassifierGraphs graphs(String target) {
        return base.graphs(
                ClassifierOptions.singleLabel(
                        new LoraOptions(4, 32, 0.01, List.of(target)), List.of("no", "yes")));
    }

    private static Map<String, Long> counts(ModelProto model) {
        return model.getGraph().getNodeList().stream()
                .collect(groupingBy(NodeProto::getOpType, counting()));
    }

    private static boolean hasAttribute(NodeProto node, String name) {
        return node.getAttributeList().stream().map(AttributeProto::getName).anyMatch(name::equals);
    }

    /** Values that depend on one by rows: through all but keys and values, which are products. */
    private static Set<String> descendants(GraphProto graph, String from) {
        Set<String> found = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            String value = open.pop();
            if (found.add(value)) {
                graph.getNodeList().stream()
                        .filter(node -> node.getInputList().contains(value))
                        .forEach(node -> open.addAll(node.getOutputList()));
            }
        }
        return found;
    }
}
