package dev.ortune.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.ClassifierModel;
import dev.ortune.graph.FrozenWeights;
import dev.ortune.graph.ModelStructure;
import dev.ortune.graph.family.ModelFamilies;
import java.util.LinkedHashMap;
import java.util.Map;

/** The published models' sizes, without their weights. */
public final class RealConfigs {

    private static final String DISTILBERT =
            """
            {"model_type": "distilbert", "activation": "gelu", "attention_dropout": 0.1,
             "dim": 768, "dropout": 0.1, "hidden_dim": 3072, "initializer_range": 0.02,
             "max_position_embeddings": 512, "n_heads": 12, "n_layers": 6,
             "seq_classif_dropout": 0.2, "vocab_size": 30522}
            """;
    private static final String BERT =
            """
            {"model_type": "bert", "hidden_act": "gelu", "attention_probs_dropout_prob": 0.1,
             "hidden_dropout_prob": 0.1, "hidden_size": 768, "initializer_range": 0.02,
             "intermediate_size": 3072, "layer_norm_eps": 1e-12, "max_position_embeddings": 512,
             "num_attention_heads": 12, "num_hidden_layers": 12, "type_vocab_size": 2,
             "vocab_size": 30522}
            """;

    private RealConfigs() {}

    /** {@code config.json} of distilbert-base-uncased. */
    public static JsonNode distilBert() {
        return parse(DISTILBERT);
    }

    /** {@code config.json} of bert-base-uncased. */
    public static JsonNode bert() {
        return parse(BERT);
    }

    /** The model of a configuration. */
    public static ClassifierModel model(JsonNode config) {
        return ModelFamilies.model(config);
    }

    /** A layout of every tensor but the classifier's, as a complete encoder would have it. */
    public static FrozenWeights layout(ModelStructure structure) {
        Map<String, FrozenWeights.Location> tensors = new LinkedHashMap<>();
        long offset = 0;
        for (Map.Entry<String, TensorShape> tensor : structure.tensors().entrySet()) {
            if (!tensor.getKey().contains("classifier")) {
                tensors.put(tensor.getKey(), new FrozenWeights.Location(tensor.getValue(), offset));
                offset += tensor.getValue().elements() * Float.BYTES;
            }
        }
        return new FrozenWeights("weights.bin", tensors);
    }

    private static JsonNode parse(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
