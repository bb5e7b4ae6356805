package dev.ortune.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.bench.tool.ZipfSampler;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CacheCaseTest {

    private static final int MODELS = 400;
    private static final long ADAPTER_BYTES = 10;
    private static final double TEXTS_PER_SECOND = 20;

    private static CacheCounts run(int replicas, long memory, Routing routing) {
        CacheCase one =
                new CacheCase(
                        MODELS,
                        memory * ADAPTER_BYTES,
                        MODELS * ADAPTER_BYTES,
                        ADAPTER_BYTES,
                        replicas,
                        routing,
                        TEXTS_PER_SECOND);
        ZipfSampler popularity = new ZipfSampler(MODELS, 1);
        return one.run(IntStream.range(0, one.requests()).map(popularity::rank).toArray());
    }

    @Test
    void whatFitsIsFound() {
        CacheCounts counts = run(1, MODELS, Routing.RANDOM);
        assertThat(counts.memoryShare()).isEqualTo(1);
        assertThat(counts.storeShare()).isZero();
    }

    @Test
    void atRandomReplicasFindNoMoreThanOneWould() {
        double one = run(1, 100, Routing.RANDOM).memoryShare();
        assertThat(run(4, 100, Routing.RANDOM).memoryShare()).isBetween(one - 0.02, one + 0.02);
    }

    @Test
    void byHashTheirMemoriesAddUp() {
        double random = run(4, 100, Routing.RANDOM).memoryShare();
        CacheCounts hashed = run(4, 100, Routing.HASH);
        assertThat(hashed.memoryShare()).isGreaterThan(0.97).isGreaterThan(random);
        assertThat(hashed.imbalance()).isGreaterThan(1.1);
    }

    @Test
    void aBoundKeepsTheBusiestReplicaWithinIt() {
        assertThat(run(16, 100, Routing.HASH).imbalance()).isGreaterThan(1.5);
        CacheCounts bounded = run(16, 100, Routing.BOUNDED);
        assertThat(bounded.imbalance()).isLessThan(1.3);
        assertThat(bounded.memoryShare()).isGreaterThan(run(16, 100, Routing.RANDOM).memoryShare());
    }

    @Test
    void itIsTheSameEveryTime() {
        assertThat(run(4, 100, Routing.BOUNDED).memoryShare())
                .isEqualTo(run(4, 100, Routing.BOUNDED).memoryShare());
    }
}
