package dev.ortune.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceCutterTest {

    @Test
    void sentencesEndAtTheirMarks() {
        assertThat(
                        SentenceCutter.sentences(
                                "I liked it a lot. Who would have thought that? Not one of us here!"))
                .containsExactly(
                        "I liked it a lot.", "Who would have thought that?", "Not one of us here!");
    }

    @Test
    void aLineBreakEndsASentenceToo() {
        assertThat(
                        SentenceCutter.sentences(
                                "a title of five words<br /><br />and then  the film begins"))
                .containsExactly("a title of five words", "and then the film begins");
    }

    @Test
    void whatIsTooShortOrTooLongIsLeftOut() {
        assertThat(SentenceCutter.sentences("So good. " + "word ".repeat(48) + ".")).isEmpty();
    }

    @Test
    void theBundledReviewsGiveSentencesAsLongAsThoseOfSst2() {
        List<String> texts = TextKind.SST2.texts();
        assertThat(texts).doesNotHaveDuplicates().hasSizeGreaterThan(1000);
        assertThat(texts.stream().mapToInt(SentenceCutter::words).average().orElseThrow())
                .isBetween(18.0, 21.0);
        assertThat(TextKind.SST2.texts()).isEqualTo(texts);
    }
}
