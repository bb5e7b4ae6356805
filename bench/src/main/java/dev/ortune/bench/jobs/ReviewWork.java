package dev.ortune.bench.jobs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.base.BundledBase;
import dev.ortune.dataset.BundledReviews;
import dev.ortune.dataset.Example;
import java.util.List;
import java.util.stream.Collectors;

/** Trainings of seconds: the bundled base on some of the bundled reviews, for one epoch. */
final class ReviewWork {

    private static final int VALIDATION_ROWS = 20;
    private static final int BATCH_SIZE = 4;
    private static final int MAX_TOKENS = 128;

    private ReviewWork() {}

    /**
     * A training.
     *
     * @param rows of it
     */
    static JobBatch.Work of(int rows) {
        List<Example> reviews = new BundledReviews().training().examples();
        return new JobBatch.Work(
                BundledBase.NAME,
                lines(reviews.subList(0, rows)),
                lines(reviews.subList(reviews.size() - VALIDATION_ROWS, reviews.size())),
                1,
                BATCH_SIZE,
                MAX_TOKENS);
    }

    private static String lines(List<Example> examples) {
        JsonMapper mapper = JsonMapper.builder().build();
        return examples.stream()
                .map(
                        example ->
                                mapper.createObjectNode()
                                        .put("text", example.text())
                                        .put("label", example.labels().get(0))
                                        .toString())
                .collect(Collectors.joining("\n"));
    }
}
