package dev.ortune.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashRingTest {

    private static final int MODELS = 20_000;

    @Test
    void replicasGetLikeShares() {
        HashRing ring = new HashRing(16);
        int[] models = new int[16];
        IntStream.range(0, MODELS).forEach(model -> models[ring.first(model)]++);
        assertThat(IntStream.of(models)).allMatch(count -> count >= 1000 && count <= 1500);
    }

    @Test
    void aFurtherReplicaTakesItsShareAndMovesNothingElse() {
        HashRing before = new HashRing(4);
        HashRing after = new HashRing(5);
        int[] moved =
                IntStream.range(0, MODELS)
                        .filter(model -> before.first(model) != after.first(model))
                        .toArray();
        assertThat(moved).hasSizeBetween(MODELS / 6, MODELS / 4);
        assertThat(IntStream.of(moved)).allMatch(model -> after.first(model) == 4);
    }
}
