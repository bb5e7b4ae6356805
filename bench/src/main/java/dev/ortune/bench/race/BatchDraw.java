package dev.ortune.bench.race;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.train.LengthGroups;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Draws a case's batches from the reviews; a case has the same ones in every run. */
final class BatchDraw {

    private static final long SEED = 0;

    private final List<TokenizedReview> reviews;

    BatchDraw(List<TokenizedReview> reviews) {
        this.reviews = List.copyOf(reviews);
    }

    /**
     * Whole batches, drawn at random from an epoch's, and from further epochs where one has too few.
     *
     * @throws InvalidInputException {@code INVALID_OPTION} when too few reviews are long enough
     */
    List<RaceBatch> batches(RaceCase raceCase, int count) {
        List<TokenizedReview> texts = texts(raceCase);
        if (texts.size() < raceCase.batchSize()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "Under this base too few reviews are long enough for " + raceCase.name() + ".",
                    "Choose other cases with --cases.");
        }
        Random random = new Random(SEED);
        List<RaceBatch> batches = new ArrayList<>();
        while (batches.size() < count) {
            batches.addAll(epoch(texts, raceCase, random));
        }
        return List.copyOf(batches.subList(0, count));
    }

    private List<TokenizedReview> texts(RaceCase raceCase) {
        if (raceCase.exactTokens().isEmpty()) {
            return reviews;
        }
        int tokens = raceCase.exactTokens().getAsInt();
        return reviews.stream()
                .filter(review -> review.tokens() >= tokens)
                .map(review -> review.cutTo(tokens))
                .toList();
    }

    private static List<RaceBatch> epoch(
            List<TokenizedReview> texts, RaceCase raceCase, Random random) {
        List<Integer> order = order(texts, raceCase, random);
        List<RaceBatch> batches = new ArrayList<>();
        int size = raceCase.batchSize();
        for (int start = 0; start + size <= order.size(); start += size) {
            batches.add(
                    new RaceBatch(
                            order.subList(start, start + size).stream().map(texts::get).toList()));
        }
        // Grouped batches come longest first, so the first ones would not stand for an epoch.
        Collections.shuffle(batches, random);
        return batches;
    }

    private static List<Integer> order(
            List<TokenizedReview> texts, RaceCase raceCase, Random random) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, texts.size()).boxed().toList());
        Collections.shuffle(order, random);
        return raceCase.groupedByLength()
                ? LengthGroups.order(
                        order, raceCase.batchSize(), index -> texts.get(index).tokens())
                : order;
    }
}
