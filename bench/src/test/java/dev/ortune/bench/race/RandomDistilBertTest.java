package dev.ortune.bench.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.checkpoint.FloatTensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomDistilBertTest {

    @Test
    void theEncoderIsWholeWithoutTheHead() {
        List<FloatTensor> weights = RandomDistilBert.weights(small());
        // Two embeddings and their normalization; per layer six linear layers, two normalizations.
        assertThat(weights).hasSize(4 + 6 * 16);
        assertThat(weights).noneMatch(tensor -> tensor.name().contains("classifier"));
    }

    @Test
    void matricesAreNormalAndNormalizationsTheIdentity() {
        for (FloatTensor tensor : RandomDistilBert.weights(small())) {
            if (tensor.shape().dimensions().size() > 1) {
                assertThat(deviation(tensor)).isBetween(0.017, 0.023);
            } else {
                float expected = tensor.name().endsWith(".weight") ? 1 : 0;
                assertThat(tensor.values()).containsOnly(expected);
            }
        }
    }

    private static double deviation(FloatTensor tensor) {
        float[] values = tensor.values();
        double squares =
                IntStream.range(0, values.length).mapToDouble(i -> values[i] * values[i]).sum();
        return Math.sqrt(squares / values.length);
    }

    private static ObjectNode small() {
        return RandomDistilBert.config()
                .put("dim", 24)
                .put("hidden_dim", 48)
                .put("vocab_size", 50)
                .put("max_position_embeddings", 32);
    }
}
