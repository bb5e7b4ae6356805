package dev.ortune.bench.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.bench.serve.load.HttpAnswer;
import dev.ortune.bench.serve.load.ServerProcess;
import dev.ortune.bench.serve.load.TextRequest;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.UnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;

/** Sides that are compared must answer alike; otherwise they do not do the same work. */
final class AgreementCheck {

    /** How far probabilities may differ. */
    static final double TOLERANCE = 1e-3;

    /** How far apart the answers to some texts must lie, for their equality to mean anything. */
    static final double LEAST_SPREAD = 0.01;

    private AgreementCheck() {}

    /**
     * Compares answers.
     *
     * @param probabilities of the last label for the same texts, by side; at least one side
     * @return the greatest difference
     * @throws UnavailableException {@code RUNTIME_UNAVAILABLE} when they differ, or are all the same
     */
    static double require(Map<String, List<Double>> probabilities) {
        List<Double> reference = probabilities.values().iterator().next();
        double spread =
                reference.stream().mapToDouble(p -> p).max().orElse(0)
                        - reference.stream().mapToDouble(p -> p).min().orElse(0);
        if (spread < LEAST_SPREAD) {
            throw fault("All texts get the same answer, so that equal answers mean nothing.");
        }
        double greatest = 0;
        for (Map.Entry<String, List<Double>> side : probabilities.entrySet()) {
            for (int text = 0; text < reference.size(); text++) {
                double difference = Math.abs(side.getValue().get(text) - reference.get(text));
                greatest = Math.max(greatest, difference);
                if (!(difference <= TOLERANCE)) {
                    throw fault(
                            String.format(
                                    Locale.ROOT,
                                    "%s answers text %d with %.5f, where another side says %.5f.",
                                    side.getKey(),
                                    text,
                                    side.getValue().get(text),
                                    reference.get(text)));
                }
            }
        }
        return greatest;
    }

    /** A server's probabilities of the last label for the first texts. */
    static List<Double> probabilities(
            ServerProcess server, LongFunction<TextRequest> requests, int texts) {
        List<Double> probabilities = new ArrayList<>();
        for (int text = 0; text < texts; text++) {
            try {
                HttpAnswer answer = server.send(requests.apply(text).bytes());
                if (answer.status() != HttpAnswer.OK) {
                    throw fault(server.name() + " answers " + answer.text());
                }
                probabilities.add(probability(answer.text()));
            } catch (IOException e) {
                throw fault(server.name() + " does not answer: " + e.getMessage() + ".");
            }
        }
        return probabilities;
    }

    private static double probability(String body) throws IOException {
        JsonNode root = JsonMapper.builder().build().readTree(body);
        JsonNode result = root.path("results").path(0);
        JsonNode answer = result.isMissingNode() ? root : result;
        double score = answer.path("score").asDouble(Double.NaN);
        boolean last = answer.path("label").asText().equals(RandomAdapters.LABELS.get(1));
        return last ? score : 1 - score;
    }

    private static UnavailableException fault(String message) {
        return new UnavailableException(
                ErrorCode.RUNTIME_UNAVAILABLE,
                message,
                "The comparison is void; use the versions that bench/README.md names.");
    }
}
