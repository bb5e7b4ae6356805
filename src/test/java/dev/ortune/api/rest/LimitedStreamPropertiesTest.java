package dev.ortune.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LimitedStreamPropertiesTest {

    @Property
    void allThatIsWithinTheLimitCanBeRead(
            @ForAll byte[] content, @ForAll @IntRange(max = 50) int more) throws IOException {
        assertThat(limited(content, content.length + more).readAllBytes()).isEqualTo(content);
    }

    @Property
    void whoeverReadsOrSkipsBeyondItIsToldSo(
            @ForAll @Size(min = 1, max = 200) byte[] content,
            @ForAll @IntRange(max = 199) int limit,
            @ForAll @IntRange(min = 1, max = 30) int step,
            @ForAll boolean skips) {
        InputStream stream = limited(content, Math.min(limit, content.length - 1));
        assertThatThrownBy(
                        () -> {
                            while (skips ? stream.skip(step) > 0 : stream.read() >= 0) {
                                assertThat(stream.markSupported()).isFalse();
                            }
                        })
                .isInstanceOf(EOFException.class);
    }

    private static InputStream limited(byte[] content, int limit) {
        return new LimitedStream(new ByteArrayInputStream(content), limit, EOFException::new);
    }
}
