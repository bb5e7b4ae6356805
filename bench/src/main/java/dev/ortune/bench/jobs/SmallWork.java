package dev.ortune.bench.jobs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Trainings of moments, for drills. */
final class SmallWork {

    private static final int ROWS = 40;
    private static final int VALIDATION_ROWS = 10;
    private static final int MAX_TOKENS = 24;

    private SmallWork() {}

    /**
     * Training on a tiny base, of 10 steps an epoch.
     *
     * @param base its folder
     */
    static JobBatch.Work of(Path base, int epochs) {
        return new JobBatch.Work(
                base.getFileName().toString(),
                rows(0, ROWS),
                rows(ROWS, VALIDATION_ROWS),
                epochs,
                4,
                MAX_TOKENS);
    }

    private static String rows(int first, int count) {
        JsonMapper mapper = JsonMapper.builder().build();
        return IntStream.range(first, first + count)
                .mapToObj(
                        row ->
                                mapper.createObjectNode()
                                        .put(
                                                "text",
                                                (row % 2 == 0 ? "bad" : "good")
                                                        + " film number "
                                                        + row
                                                        + " good".repeat(row % 5))
                                        .put("label", row % 2 == 0 ? "neg" : "pos")
                                        .toString())
                .collect(Collectors.joining("\n"));
    }
}
