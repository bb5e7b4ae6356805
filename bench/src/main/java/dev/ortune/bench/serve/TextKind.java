package dev.ortune.bench.serve;

import dev.ortune.dataset.BundledReviews;
import dev.ortune.dataset.Example;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What the clients send. */
enum TextKind {
    /** Single sentences of about 19 words. */
    SST2("SST-2-like"),
    /** Whole reviews, cut at 512 tokens by the servers. */
    IMDB("IMDB");

    private static final long SEED = 20130613;

    private final String label;

    TextKind(String label) {
        this.label = label;
    }

    /** For people. */
    String label() {
        return label;
    }

    /** The texts in an order that is the same in every run. */
    List<String> texts() {
        List<String> reviews =
                new BundledReviews().training().examples().stream().map(Example::text).toList();
        List<String> texts =
                switch (this) {
                    case IMDB -> new ArrayList<>(reviews);
                    case SST2 ->
                            new ArrayList<>(
                                    reviews.stream()
                                            .flatMap(
                                                    review ->
                                                            SentenceCutter.sentences(review)
                                                                    .stream())
                                            .distinct()
                                            .toList());
                };
        Collections.shuffle(texts, new Random(SEED));
        return texts;
    }
}
