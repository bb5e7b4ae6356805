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
 * BERT (Devlin et al. 2018, arXiv:1810.04805), as Transformers' {@code
 * BertForSequenceClassification}: texts are single segments.
 */
public final class Bert implements ModelFamily {

    @Override
    public String modelType() {
        return "bert";
    }

    @Override
    public String classifierArchitecture() {
        return "BertForSequenceClassification";
    }

    @Override
    public String encoderModule() {
        return "bert";
    }

    @Override
    public String defaultTarget() {
        return "query";
    }

    @Override
    public EncoderConfig config(ConfigReader json) {
        json.requireText("position_embedding_type", "absolute");
        double hiddenDropout = json.rate("hidden_dropout_prob", 0.1);
        return new EncoderConfig(
                json.positive("hidden_size"),
                json.positive("num_hidden_layers"),
                json.positive("num_attention_heads"),
                json.positive("intermediate_size"),
                json.positive("vocab_size"),
                json.positive("max_position_embeddings"),
                json.count("type_vocab_size", 2),
                json.number("layer_norm_eps", 1e-12),
                hiddenDropout,
                json.rate("attention_probs_dropout_prob", 0.1),
                json.rate("classifier_dropout", hiddenDropout),
                json.number("initializer_range", 0.02),
                Activation.named(json.text("hidden_act", "gelu")));
    }

    @Override
    public List<HeadModule> head(EncoderConfig config, int labelCount) {
        int hidden = config.hiddenSize();
        return List.of(
                new HeadModule(
                        "pooler", new LinearModule("bert.pooler.dense", hidden, hidden), false),
                new HeadModule(
                        "classifier", new LinearModule("classifier", hidden, labelCount), true));
    }

    @Override
    public Value encode(ModelGraph model) {
        EncoderConfig config = model.config();
        Value x = embeddings(model);
        for (int layer = 0; layer < config.layers(); layer++) {
            x = layer(model, x, "bert.encoder.layer." + layer, layer == config.layers() - 1);
        }
        return x;
    }

    @Override
    public Value classify(ModelGraph model, Value firstTokens, int labelCount) {
        Value pooled =
                model.activation(model.linear(firstTokens, "bert.pooler.dense"), Activation.TANH);
        Value dropped = model.dropout(pooled, model.config().classifierDropout());
        return model.linear(dropped, "classifier", model.config().hiddenSize(), labelCount);
    }

    private static Value embeddings(ModelGraph model) {
        Value words = model.wordEmbeddings("bert.embeddings.word_embeddings.weight");
        Value table =
                model.add(
                        model.positionTable("bert.embeddings.position_embeddings.weight"),
                        model.firstTokenType("bert.embeddings.token_type_embeddings.weight"));
        Value positions = model.positionEmbeddings(table);
        Value normed = model.layerNorm(model.add(words, positions), "bert.embeddings.LayerNorm");
        return model.dropout(normed, model.config().hiddenDropout());
    }

    /** One transformer layer; the last one computes only the [CLS] rows, {@code [batch, hidden]}. */
    private static Value layer(ModelGraph model, Value x, String name, boolean last) {
        EncoderConfig config = model.config();
        Value rows = last ? model.firstTokens(x) : x;
        Value query = model.linear(rows, name + ".attention.self.query");
        Value key = model.linear(x, name + ".attention.self.key");
        Value value = model.linear(x, name + ".attention.self.value");
        Value context =
                last
                        ? model.firstTokenAttention(query, key, value)
                        : model.selfAttention(query, key, value);
        Value attended =
                model.dropout(
                        model.linear(context, name + ".attention.output.dense"),
                        config.hiddenDropout());
        Value middle =
                model.layerNorm(model.add(attended, rows), name + ".attention.output.LayerNorm");

        Value reduced =
                model.dropout(
                        model.feedForward(
                                middle, name + ".intermediate.dense", name + ".output.dense"),
                        config.hiddenDropout());
        return model.layerNorm(model.add(reduced, middle), name + ".output.LayerNorm");
    }
}
