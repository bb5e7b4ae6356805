package dev.ortune.checkpoint;

import dev.ortune.onnx.proto.AttributeProto;
import dev.ortune.onnx.proto.GraphProto;
import dev.ortune.onnx.proto.NodeProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the PyTorch names of an exported graph's initializers.
 *
 * <p>The exporter keeps the names of embeddings, biases and LayerNorms, but folds the transpose of
 * a linear's weight into a new initializer such as {@code onnx::MatMul_1525}; the module is then
 * known only by its node, {@code /encoder/layer.0/attention/self/query/MatMul}. Equal parameters
 * are stored once and handed on by Identity nodes.
 */
final class OnnxModuleNames {

    /** Names that the exporter made up begin so. */
    private static final String EXPORTER_PREFIX = "onnx::";

    private final GraphProto graph;
    private final SortedMap<String, StoredTensor> initializers;
    private final Map<String, String> identities = new HashMap<>();

    OnnxModuleNames(GraphProto graph, SortedMap<String, StoredTensor> initializers) {
        this.graph = graph;
        this.initializers = initializers;
    }

    /** The tensors under their PyTorch names. */
    SortedMap<String, StoredTensor> resolve() {
        followIdentities();
        NavigableMap<String, StoredTensor> named = new TreeMap<>(initializers);
        identities.forEach((name, source) -> named.putIfAbsent(name, initializers.get(source)));
        Set<String> namedBefore = Set.copyOf(named.keySet());
        Map<String, String> linearSources = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            linear(node)
                    .filter(linear -> !namedBefore.contains(linear.name()))
                    .ifPresent(
                            linear -> {
                                String known =
                                        linearSources.putIfAbsent(linear.name(), linear.source());
                                if (known != null && !known.equals(linear.source())) {
                                    ambiguous.add(linear.name());
                                }
                                named.put(linear.name(), linear.weight());
                            });
        }
        ambiguous.forEach(named::remove);
        linearSources.values().stream()
                .filter(source -> source.startsWith(EXPORTER_PREFIX))
                .forEach(named::remove);
        return named;
    }

    /**
     * A linear layer's weight.
     *
     * @param name its PyTorch name, e.g. {@code encoder.layer.0.attention.self.query.weight}
     * @param source the initializer that holds it
     * @param weight it as {@code [out, in]}
     */
    private record Linear(String name, String source, StoredTensor weight) {}

    private void followIdentities() {
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Identity") && node.getInputCount() == 1) {
                sourceOf(node.getInput(0))
                        .ifPresent(source -> identities.put(node.getOutput(0), source));
            }
        }
    }

    private Optional<String> sourceOf(String value) {
        String source = identities.getOrDefault(value, value);
        return initializers.containsKey(source) ? Optional.of(source) : Optional.empty();
    }

    private Optional<Linear> linear(NodeProto node) {
        boolean gemm = node.getOpType().equals("Gemm");
        if (!(gemm || node.getOpType().equals("MatMul")) || node.getInputCount() < 2) {
            return Optional.empty();
        }
        if (gemm && (attribute(node, "alpha", 1) != 1 || attribute(node, "transA", 0) != 0)) {
            return Optional.empty();
        }
        boolean asStored = gemm && attribute(node, "transB", 0) != 0;
        return module(node.getName())
                .flatMap(
                        module ->
                                sourceOf(node.getInput(1))
                                        .filter(name -> initializers.get(name).isMatrix())
                                        .map(name -> linear(module, name, asStored)));
    }

    private Linear linear(String module, String source, boolean asStored) {
        StoredTensor stored = initializers.get(source);
        return new Linear(module + ".weight", source, asStored ? stored : stored.transposed());
    }

    /** {@code /encoder/layer.0/output/dense/MatMul} is {@code encoder.layer.0.output.dense}. */
    private static Optional<String> module(String nodeName) {
        int operation = nodeName.lastIndexOf('/');
        if (operation <= 0) {
            return Optional.empty();
        }
        String path = nodeName.substring(nodeName.startsWith("/") ? 1 : 0, operation);
        return Optional.of(path.replace('/', '.'));
    }

    private static float attribute(NodeProto node, String name, float absent) {
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getName().equals(name)) {
                return attribute.getType() == AttributeProto.AttributeType.INT
                        ? attribute.getI()
                        : attribute.getF();
            }
        }
        return absent;
    }
}
