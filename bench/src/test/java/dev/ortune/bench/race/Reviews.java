package dev.ortune.bench.race;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Made-up reviews: 101, then the review's number over and over, then 102. */
final class Reviews {

    private Reviews() {}

    static List<TokenizedReview> ofLengths(List<Integer> lengths) {
        List<TokenizedReview> reviews = new ArrayList<>();
        for (int number = 0; number < lengths.size(); number++) {
            List<Integer> ids = new ArrayList<>(List.of(101));
            ids.addAll(Collections.nCopies(lengths.get(number) - 2, number));
            ids.add(102);
            reviews.add(new TokenizedReview(ids, number % 2));
        }
        return reviews;
    }
}
