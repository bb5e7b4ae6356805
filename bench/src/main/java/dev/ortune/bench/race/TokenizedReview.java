package dev.ortune.bench.race;

import java.util.ArrayList;
import java.util.List;

/**
 * A review as the models read it.
 *
 * @param ids token ids, special ones included
 * @param label its class index
 */
record TokenizedReview(List<Integer> ids, int label) {

    TokenizedReview {
        ids = List.copyOf(ids);
    }

    int tokens() {
        return ids.size();
    }

    /**
     * The review's beginning, with its closing special token.
     *
     * @param tokens at least 2 and at most its length
     */
    TokenizedReview cutTo(int tokens) {
        List<Integer> cut = new ArrayList<>(ids.subList(0, tokens - 1));
        cut.add(ids.get(ids.size() - 1));
        return new TokenizedReview(cut, label);
    }
}
