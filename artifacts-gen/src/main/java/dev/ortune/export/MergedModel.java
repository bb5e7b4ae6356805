package dev.ortune.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.StandaloneGraph;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.OperatorSetIdProto;
import dev.ortune.onnx.proto.StringStringEntryProto;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A base and one adapter as a single ONNX file that needs nothing beside it: {@code input_ids} and
 * {@code attention_mask}, int64 [batch, sequence], to {@code logits}, float32 [batch, labels].
 *
 * <p>Padding may stand on either side; real tokens are packed inside, so it costs next to nothing. A
 * row that is masked out whole gets the logits of its first id alone. Metadata: {@code id2label} (a
 * JSON object), {@code problem_type} and {@code base}.
 */
public final class MergedModel {

    private MergedModel() {}

    /**
     * Writes the file; the stream stays open. The heap holds the parameters and one buffer, never the
     * model.
     *
     * @param parameters the tensors of the options' plan
     * @throws dev.ortune.error.InvalidInputException {@code MODEL_TOO_LARGE} before anything is
     *     written, when the file would exceed the 2 GiB of a protobuf message
     */
    public static void write(
            OutputStream out,
            PreparedBase base,
            ClassifierOptions options,
            List<FloatTensor> parameters)
            throws IOException {
        ClassifierGraphs graphs = base.graphs(options);
        try (BaseWeights baseWeights = BaseWeights.open(base)) {
            MergedWeights weights = new MergedWeights(baseWeights, graphs.plan(), parameters);
            writer(base, options).write(out, weights);
        }
    }

    /**
     * Checks, without writing anything, that {@link #write} has room in one file.
     *
     * @throws dev.ortune.error.InvalidInputException {@code MODEL_TOO_LARGE}
     */
    public static void requireOneFile(PreparedBase base, ClassifierOptions options) {
        writer(base, options).requireOneFile();
    }

    private static InlineModelWriter writer(PreparedBase base, ClassifierOptions options) {
        return new InlineModelWriter(
                envelope(base, options), StandaloneGraph.of(base.model(), options.labels().size()));
    }

    /** The model without its graph. */
    private static ModelProto envelope(PreparedBase base, ClassifierOptions options) {
        return ModelProto.newBuilder()
                .setIrVersion(StandaloneGraph.IR_VERSION)
                .setProducerName("ortune")
                .setProducerVersion(BuildInfo.read().ortuneVersion())
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder()
                                .setDomain("")
                                .setVersion(StandaloneGraph.OPSET))
                .addMetadataProps(entry("id2label", idToLabel(options.labels())))
                .addMetadataProps(entry("problem_type", options.problemType().huggingFaceName()))
                .addMetadataProps(entry("base", base.description().name()))
                .build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static String idToLabel(List<String> labels) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int id = 0; id < labels.size(); id++) {
            named.put(Integer.toString(id), labels.get(id));
        }
        try {
            return new ObjectMapper().writeValueAsString(named);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is always JSON", e);
        }
    }
}
