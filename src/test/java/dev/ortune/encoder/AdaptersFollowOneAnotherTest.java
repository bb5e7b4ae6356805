package dev.ortune.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.adapter.Adapter;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import dev.ortune.ort.OrtRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory of an adapter that went is given to the next: nothing of the former may show. */
class AdaptersFollowOneAnotherTest {

    @TempDir Path folder;

    @Test
    void anAdapterInAnothersPlaceAnswersAsAtFirst() {
        try (OrtRuntime runtime = OrtRuntime.open(1)) {
            int handles = runtime.openHandles();
            PreparedBase base =
                    PreparedBase.create("b", GoldenCase.base("distilbert-tiny"), folder);
            RandomAdapters random = new RandomAdapters(base, 17);
            int[] text = random.texts(1, 20).get(0);
            List<Adapter> adapters =
                    IntStream.range(0, 12)
                            .mapToObj(
                                    i ->
                                            random.next(
                                                    1 + i % 4,
                                                    List.of(i % 3 == 0 ? "all-linear" : "q_lin"),
                                                    2 + i % 2,
                                                    Set.of()))
                            .toList();
            try (BaseEncoder fresh = new BaseEncoder(runtime, base);
                    BaseEncoder encoder = new BaseEncoder(runtime, base)) {
                List<ResidentAdapter> all = adapters.stream().map(fresh::place).toList();
                for (int turn = 0; turn < 3; turn++) {
                    for (int i = 0; i < adapters.size(); i++) {
                        try (ResidentAdapter resident = encoder.place(adapters.get(i))) {
                            assertThat(logits(encoder, text, resident))
                                    .containsExactly(logits(fresh, text, all.get(i)));
                        }
                    }
                }
                all.forEach(ResidentAdapter::close);
            }
            assertThat(runtime.openHandles()).isEqualTo(handles);
        }
    }

    @Test
    void aClosedAdapterIsNotReadEvenThoughItsMemoryIsAlive() {
        try (OrtRuntime runtime = OrtRuntime.open(1)) {
            PreparedBase base =
                    PreparedBase.create("b", GoldenCase.base("distilbert-tiny"), folder);
            RandomAdapters random = new RandomAdapters(base, 18);
            Adapter adapter = random.next(2, List.of("q_lin"), 2, Set.of());
            try (BaseEncoder encoder = new BaseEncoder(runtime, base)) {
                ResidentAdapter first = encoder.place(adapter);
                first.close();
                first.close();
                List<ResidentAdapter> next =
                        Stream.generate(() -> encoder.place(adapter)).limit(2).toList();
                assertThat(next.get(0).block()).isNotSameAs(next.get(1).block());
                assertThatThrownBy(() -> logits(encoder, new int[] {1, 2}, first))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("closed");
                next.forEach(ResidentAdapter::close);
            }
        }
    }

    private static float[] logits(BaseEncoder encoder, int[] text, ResidentAdapter adapter) {
        return encoder.logits(List.of(new EncodedText(text, adapter))).get(0);
    }
}
