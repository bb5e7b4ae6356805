package dev.ortune.graph.family;

import dev.ortune.graph.ConfigReader;
import dev.ortune.graph.EncoderConfig;
import dev.ortune.graph.HeadModule;
import dev.ortune.graph.LinearModule;
import dev.ortune.graph.ModelFamily;
import dev.ortune.graph.ModelGraph;
import dev.ortune.graph.op.Activation;
import dev.ortune.graph.op.Value;
import java.util.List;

/**
 * DistilBERT (Sanh et al. 2019, arXiv:1910.01108), as Transformers' {@code
 * DistilBertForSequenceClassification}.
 */
public final class DistilBert implements ModelFamily {

    @Override
    public String modelType() {
        return "distilbert";
    }

    @Override
    public String classifierArchitecture() {
        return "DistilBertForSequenceClassification";
    }

    @Override
    public String encoderModule() {
        return "distilbert";
    }

    @Override
    public String defaultTarget() {
        return "q_lin";
    }

    @Override
    public EncoderConfig config(ConfigReader json) {
        return new EncoderConfig(
                json.positive("dim"),
                json.positive("n_layers"),
                json.positive("n_heads"),
                json.positive("hidden_dim"),
                json.positive("vocab_size"),
                json.positive("max_position_embeddings"),
                0,
                1e-12,
                json.rate("dropout", 0.1),
                json.rate("attention_dropout", 0.1),
                json.rate("seq_classif_dropout", 0.2),
                json.number("initializer_range", 0.02),
                Activation.named(json.text("activation", "gelu")));
    }

    @Override
    public List<HeadModule> head(EncoderConfig config, int labelCount) {
        // PEFT's default modules_to_save, "classifier", is matched as a suffix: both are trained.
        int hidden = config.hiddenSize();
        return List.of(
                new HeadModule(
                        "pre_classifier", new LinearModule("pre_classifier", hidden, hidden), true),
                new HeadModule(
                        "classifier", new LinearModule("classifier", hidden, labelCount), true));
    }

    @Override
    public Value encode(ModelGraph model) {
        EncoderConfig config = model.config();
        Value x = embeddings(model);
        for (int layer = 0; layer < config.layers(); layer++) {
            x = layer(model, x, "distilbert.transformer.layer." + layer, isLast(config, layer));
        }
        return x;
    }

    @Override
    public Value classify(ModelGraph model, Value firstTokens, int labelCount) {
        Value pooled =
                model.activation(model.linear(firstTokens, "pre_classifier"), Activation.RELU);
        Value dropped = model.dropout(pooled, model.config().classifierDropout());
        return model.linear(dropped, "classifier", model.config().hiddenSize(), labelCount);
    }

    private static boolean isLast(EncoderConfig config, int layer) {
        return layer == config.layers() - 1;
    }

    private static Value embeddings(ModelGraph model) {
        Value words = model.wordEmbeddings("distilbert.embeddings.word_embeddings.weight");
        Value positions =
                model.positionEmbeddings(
                        model.positionTable("distilbert.embeddings.position_embeddings.weight"));
        Value normed =
                model.layerNorm(model.add(words, positions), "distilbert.embeddings.LayerNorm");
        return model.dropout(normed, model.config().hiddenDropout());
    }

    /** One transformer layer; the last one computes only the [CLS] rows, {@code [batch, hidden]}. */
    private static Value layer(ModelGraph model, Value x, String name, boolean last) {
        EncoderConfig config = model.config();
        Value rows = last ? model.firstTokens(x) : x;
        Value query = model.linear(rows, name + ".attention.q_lin");
        Value key = model.linear(x, name + ".attention.k_lin");
        Value value = model.linear(x, name + ".attention.v_lin");
        Value context =
                last
                        ? model.firstTokenAttention(query, key, value)
                        : model.selfAttention(query, key, value);
        Value attended = model.linear(context, name + ".attention.out_lin");
        Value middle = model.layerNorm(model.add(attended, rows), name + ".sa_layer_norm");

        Value reduced = model.feedForward(middle, name + ".ffn.lin1", name + ".ffn.lin2");
        Value dropped = model.dropout(reduced, config.hiddenDropout());
        return model.layerNorm(model.add(dropped, middle), name + ".output_layer_norm");
    }
}
