package dev.ortune.bench.race;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The kind of batches that a race is run over.
 *
 * @param name as the user writes it
 * @param batchSize texts per batch
 * @param exactTokens every text's length, cut from longer reviews; empty for lengths as they come
 * @param groupedByLength whether texts of like length share a batch, as under Trainer's {@code
 *     group_by_length}; else at random, as Trainer does by default
 */
record RaceCase(String name, int batchSize, OptionalInt exactTokens, boolean groupedByLength) {

    static final List<RaceCase> ALL =
            List.of(
                    imdb(4, false),
                    imdb(4, true),
                    imdb(16, false),
                    imdb(16, true),
                    imdb(32, false),
                    imdb(32, true),
                    all(512, 4),
                    all(64, 16));

    /**
     * The cases of some names, in the order of {@link #ALL}.
     *
     * @param names none for all
     * @throws InvalidInputException {@code INVALID_OPTION} for an unknown name
     */
    static List<RaceCase> named(List<String> names) {
        List<String> known = ALL.stream().map(RaceCase::name).toList();
        names.stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(
                        name -> {
                            throw new InvalidInputException(
                                    ErrorCode.INVALID_OPTION,
                                    "There is no case " + name + ".",
                                    known.stream()
                                            .collect(
                                                    Collectors.joining(", ", "Choose from ", ".")));
                        });
        return ALL.stream()
                .filter(candidate -> names.isEmpty() || names.contains(candidate.name()))
                .toList();
    }

    private static RaceCase imdb(int batchSize, boolean grouped) {
        return new RaceCase(
                "imdb-" + batchSize + (grouped ? "-grouped" : ""),
                batchSize,
                OptionalInt.empty(),
                grouped);
    }

    private static RaceCase all(int tokens, int batchSize) {
        return new RaceCase("all-" + tokens, batchSize, OptionalInt.of(tokens), false);
    }
}
