package dev.ortune.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Raw BYTES come back as they went in, and nothing else is believed. */
class RawBytesPropertiesTest {

    @Property
    void textsComeBackAsTheyWentIn(@ForAll("texts") List<String> texts) {
        assertThat(RawBytes.texts(RawBytes.of(texts), "raw")).isEqualTo(texts);
    }

    @Property
    void anyBytesAreTextsOrRefused(@ForAll @Size(max = 200) byte[] bytes) {
        try {
            List<String> texts = RawBytes.texts(ByteString.copyFrom(bytes), "raw");
            assertThat(RawBytes.of(texts).toByteArray()).isEqualTo(bytes);
        } catch (InvalidInputException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
            assertThat(e).hasMessageStartingWith("raw, element ");
        }
    }

    @Property
    void contentsThatAreCutAreRefused(
            @ForAll("texts") @Size(min = 1) List<String> texts,
            @ForAll @IntRange(max = 10) int cut) {
        ByteString whole = RawBytes.of(texts);
        int last = texts.get(texts.size() - 1).getBytes(StandardCharsets.UTF_8).length;
        int missing = 1 + cut % (Integer.BYTES + last - 1);
        ByteString part = whole.substring(0, whole.size() - missing);
        assertThat(refusal(part)).contains("element " + (texts.size() - 1));
    }

    @Example
    void aLengthOfFourGibibytesCostsNothing() {
        ByteBuffer contents = ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN).putInt(-1);
        assertThat(refusal(ByteString.copyFrom(contents.rewind())))
                .contains("length is 4294967295 bytes, but only 1 are left");
    }

    @Example
    void bytesThatAreNotUtf8AreRefused() {
        byte[] contents = {2, 0, 0, 0, (byte) 0xc3, 0x28};
        assertThat(refusal(ByteString.copyFrom(contents))).contains("not UTF-8");
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings()
                .ofMaxLength(20)
                .filter(text -> text.codePoints().noneMatch(RawBytesPropertiesTest::isHalfPair))
                .list()
                .ofMaxSize(8);
    }

    private static boolean isHalfPair(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static String refusal(ByteString contents) {
        try {
            return "taken: " + RawBytes.texts(contents, "raw");
        } catch (InvalidInputException e) {
            return e.getMessage();
        }
    }
}
