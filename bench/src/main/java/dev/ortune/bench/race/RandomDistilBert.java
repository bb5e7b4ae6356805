package dev.ortune.bench.race;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.base.BundledBase;
import dev.ortune.base.OrtuneHome;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.SafetensorsWriter;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.ModelStructure;
import dev.ortune.graph.family.ModelFamilies;
import dev.ortune.io.AtomicFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A DistilBERT of the published size with random weights, where no hub gives the trained one: a
 * step's time does not depend on what the weights are. The vocabulary is that of the bundled base,
 * which is BERT's uncased one too.
 */
final class RandomDistilBert {

    private static final String FOLDER = "distilbert-random-v1";
    private static final String CONFIG = "config.json";
    private static final String TOKENIZER = "tokenizer.json";
    private static final int LABELS = 2;

    private final OrtuneHome home;

    RandomDistilBert(OrtuneHome home) {
        this.home = home;
    }

    /**
     * The checkpoint's folder in the home, written now if it is not there.
     *
     * @throws dev.ortune.error.OrtuneException when the home cannot be written
     */
    Path folder() {
        Path folder = home.directory().resolve("bench").resolve(FOLDER);
        Path config = folder.resolve(CONFIG);
        // The configuration is written last: where it is, all is.
        if (!Files.isRegularFile(config)) {
            ObjectNode json = config();
            SafetensorsWriter.write(folder.resolve("model.safetensors"), weights(json));
            Path tokenizer = new BundledBase(home).unpack().directory().resolve(TOKENIZER);
            AtomicFiles.write(folder.resolve(TOKENIZER), out -> Files.copy(tokenizer, out));
            AtomicFiles.write(
                    config,
                    out -> out.write(json.toPrettyString().getBytes(StandardCharsets.UTF_8)));
        }
        return folder;
    }

    /** The defaults of Transformers' {@code DistilBertConfig}. */
    static ObjectNode config() {
        ObjectNode json = JsonMapper.builder().build().createObjectNode();
        json.putArray("architectures").add("DistilBertModel");
        return json.put("model_type", "distilbert")
                .put("activation", "gelu")
                .put("attention_dropout", 0.1)
                .put("dim", 768)
                .put("dropout", 0.1)
                .put("hidden_dim", 3072)
                .put("initializer_range", 0.02)
                .put("max_position_embeddings", 512)
                .put("n_heads", 12)
                .put("n_layers", 6)
                .put("pad_token_id", 0)
                .put("qa_dropout", 0.1)
                .put("seq_classif_dropout", 0.2)
                .put("sinusoidal_pos_embds", false)
                .put("tie_weights_", true)
                .put("vocab_size", 30522);
    }

    /** The encoder's tensors as Transformers initializes them; the adapter brings the head. */
    static List<FloatTensor> weights(JsonNode config) {
        ModelStructure structure = ModelFamilies.model(config).structure(LABELS);
        double deviation = structure.config().initializerRange();
        return structure.tensors().entrySet().stream()
                .filter(tensor -> !structure.isHead(tensor.getKey()))
                .map(tensor -> tensor(tensor, deviation))
                .toList();
    }

    private static FloatTensor tensor(Map.Entry<String, TensorShape> entry, double deviation) {
        String name = entry.getKey();
        float[] values = new float[Math.toIntExact(entry.getValue().elements())];
        boolean matrix = entry.getValue().dimensions().size() > 1;
        if (matrix) {
            SplittableRandom random = new SplittableRandom(name.hashCode());
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * deviation);
            }
        } else if (name.endsWith(".weight")) {
            // A vector of weights is a layer normalization's; biases stay 0.
            Arrays.fill(values, 1);
        }
        return new FloatTensor(name, entry.getValue(), values);
    }
}
