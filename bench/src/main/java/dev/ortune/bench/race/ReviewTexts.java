package dev.ortune.bench.race;

import dev.ortune.dataset.BundledReviews;
import dev.ortune.dataset.LabelledExample;
import dev.ortune.dataset.SingleLabelTarget;
import dev.ortune.export.PreparedBase;
import dev.ortune.tokenizer.TextTokenizer;
import dev.ortune.tokenizer.TruncationSide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bundled IMDB training reviews under a base's tokenizer. */
final class ReviewTexts {

    private ReviewTexts() {}

    static List<String> labels() {
        return new BundledReviews().labels().names();
    }

    static List<TokenizedReview> tokenized(PreparedBase base) {
        List<LabelledExample> rows = new BundledReviews().trainingData().training().examples();
        int maxTokens = Math.min(RaceRules.MAX_TOKENS, base.model().config().maxPositions());
        List<TokenizedReview> reviews = new ArrayList<>(rows.size());
        try (TextTokenizer tokenizer = TextTokenizer.of(base.tokenizerFile())) {
            List<int[]> ids =
                    tokenizer.encodeAll(
                            rows.stream().map(LabelledExample::text).toList(),
                            maxTokens,
                            TruncationSide.RIGHT);
            for (int row = 0; row < rows.size(); row++) {
                reviews.add(
                        new TokenizedReview(
                                Arrays.stream(ids.get(row)).boxed().toList(),
                                ((SingleLabelTarget) rows.get(row).target()).classIndex()));
            }
        }
        return reviews;
    }
}
