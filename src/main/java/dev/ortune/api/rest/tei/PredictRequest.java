package dev.ortune.api.rest.tei;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.serve.LongTexts;
import java.util.Locale;

/**
 * The protocol's {@code PredictRequest}. As its own server does, unknown fields are ignored, since
 * its clients send them.
 *
 * @param longTexts refused unless {@code truncate} is true; then cut at {@code
 *     truncation_direction}'s end, by default the right
 * @param rawScores logits in place of probabilities
 */
record PredictRequest(PredictInputs inputs, LongTexts longTexts, boolean rawScores) {

    static PredictRequest parse(JsonNode body) {
        boolean truncate = flag(body, "truncate");
        LongTexts direction = direction(body.path("truncation_direction"));
        return new PredictRequest(
                PredictInputs.parse(body.get("inputs")),
                truncate ? direction : LongTexts.REFUSE,
                flag(body, "raw_scores"));
    }

    private static LongTexts direction(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return LongTexts.CUT_RIGHT;
        }
        return switch (node.asText().toLowerCase(Locale.ROOT)) {
            case "left" -> LongTexts.CUT_LEFT;
            case "right" -> LongTexts.CUT_RIGHT;
            default ->
                    throw new MalformedPredict(
                            MalformedPredict.OTHER_FORM,
                            "truncation_direction must be \"Left\" or \"Right\".");
        };
    }

    private static boolean flag(JsonNode body, String name) {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull() || node.isBoolean()) {
            return node.asBoolean(false);
        }
        throw new MalformedPredict(
                MalformedPredict.OTHER_FORM, name + " must be true, false or null.");
    }
}
