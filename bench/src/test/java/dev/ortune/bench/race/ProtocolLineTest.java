package dev.ortune.bench.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.InternalException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProtocolLineTest {

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestIsReadAsItWasWritten(Request request) {
        String line = ProtocolLine.of(request);
        assertThat(line).doesNotContain("\n");
        assertThat(ProtocolLine.request(line)).isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void aReplyIsReadAsItWasWritten(Reply reply) {
        String line = ProtocolLine.of(reply);
        assertThat(line).doesNotContain("\n");
        assertThat(ProtocolLine.reply(line)).isEqualTo(reply);
    }

    @Test
    void requestsHaveTheFieldsThatThePythonWorkerReads() {
        assertThat(ProtocolLine.of(new Request.Step(List.of(List.of(1, 2)), List.of(0), 0.5)))
                .isEqualTo(
                        "{\"request\":\"step\",\"ids\":[[1,2]],\"labels\":[0],\"learning_rate\":0.5}");
    }

    @Test
    void repliesAreReadAsThePythonWorkerWritesThem() {
        assertThat(ProtocolLine.reply("{\"reply\": \"finished\", \"peak_memory_bytes\": null}"))
                .isEqualTo(new Reply.Finished(OptionalLong.empty()));
        assertThat(ProtocolLine.reply("{\"reply\": \"stepped\", \"seconds\": 0.25, \"loss\": 0.5}"))
                .isEqualTo(new Reply.Stepped(0.25, 0.5, OptionalDouble.empty()));
    }

    @Test
    void aLossThatIsNoNumberIsRead() {
        Reply reply =
                ProtocolLine.reply("{\"reply\": \"stepped\", \"seconds\": 1.0, \"loss\": NaN}");
        assertThat(((Reply.Stepped) reply).loss()).isNaN();
    }

    @Test
    void aLineThatIsNoMessageIsShown() {
        assertThatThrownBy(() -> ProtocolLine.reply("Loading weights"))
                .isInstanceOf(InternalException.class)
                .hasMessageContaining("Loading weights");
    }

    static Stream<Request> requests() {
        return Stream.of(
                new Request.Start("/bases/a \"b\"", "/adapter", 3, true, "cuda"),
                new Request.Step(
                        List.of(List.of(101, 7, 102), List.of(101, 102)), List.of(1, 0), 1e-3),
                new Request.Finish());
    }

    static Stream<Reply> replies() {
        return Stream.of(
                new Reply.Started(1_890, Map.of("torch", "2.13.0")),
                new Reply.Stepped(0.125, 0.6931, OptionalDouble.of(2)),
                new Reply.Finished(OptionalLong.of(5_000_000_000L)),
                new Reply.Finished(OptionalLong.empty()),
                new Reply.Failed("no torch", "install it"));
    }
}
