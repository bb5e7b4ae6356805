package dev.ortune.bench.serve;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Cuts reviews into sentences like those of SST-2, which are single sentences of film reviews: in its
 * validation set 2 to 47 words, 19.5 on average (Socher et al. 2013; GLUE). IMDB's viewers write more
 * exclamations and ratings than SST-2's critics: below 5 words they are left out.
 */
final class SentenceCutter {

    static final int MIN_WORDS = 5;
    static final int MAX_WORDS = 47;

    private static final Pattern LINE_BREAK = Pattern.compile("<br\\s*/?>|\\R");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private SentenceCutter() {}

    /** The sentences of a review in their order, without those that are too short or too long. */
    static List<String> sentences(String review) {
        List<String> sentences = new ArrayList<>();
        for (String paragraph : LINE_BREAK.split(review)) {
            BreakIterator borders = BreakIterator.getSentenceInstance(Locale.ENGLISH);
            borders.setText(paragraph);
            int start = borders.first();
            for (int end = borders.next(); end != BreakIterator.DONE; end = borders.next()) {
                String sentence = SPACE.matcher(paragraph.substring(start, end)).replaceAll(" ");
                start = end;
                int words = words(sentence);
                if (words >= MIN_WORDS && words <= MAX_WORDS) {
                    sentences.add(sentence.strip());
                }
            }
        }
        return sentences;
    }

    /** Runs of what is no white space. */
    static int words(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() ? 0 : SPACE.split(stripped).length;
    }
}
