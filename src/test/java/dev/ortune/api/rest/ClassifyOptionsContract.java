package dev.ortune.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesRegex;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a classification may be asked beside its texts. */
abstract class ClassifyOptionsContract {

    private static final String TEXT = "it was good";

    @Test
    void topKAnswersTheBestLabelsTheBestFirst() {
        List<Double> all = scores(Map.of("text", TEXT));
        List<Double> best = scores(Map.of("text", TEXT, "top_k", 2));
        assertThat(best)
                .isEqualTo(all.stream().sorted(Comparator.reverseOrder()).limit(2).toList());
    }

    @Test
    void theThresholdLeavesLabelsAtOrAboveIt() {
        List<Double> all = scores(Map.of("text", TEXT));
        double middle = all.stream().sorted().skip(1).findFirst().orElseThrow();
        // A client reads the scores with fewer digits than there are.
        assertThat(scores(Map.of("text", TEXT, "threshold", middle - 1e-6)))
                .isEqualTo(all.stream().filter(score -> score >= middle).toList())
                .hasSize(2);
        assertThat(scores(Map.of("text", TEXT, "threshold", 1))).isEmpty();
    }

    @Test
    void rawScoresAreLogitsWhoseSoftmaxIsTheProbabilities() {
        List<Double> probabilities = scores(Map.of("text", TEXT));
        List<Double> logits = scores(Map.of("text", TEXT, "raw_scores", true));
        double sum = logits.stream().mapToDouble(Math::exp).sum();
        for (int label : IntStream.range(0, logits.size()).toArray()) {
            assertThat(Math.exp(logits.get(label)) / sum)
                    .isCloseTo(probabilities.get(label), within(1e-6));
        }
    }

    @Test
    void theSideThatIsCutDecidesWhatIsRead() {
        String text = "good ".repeat(18) + "a not fan movie ".repeat(5);
        List<Double> left = scores(Map.of("text", text, "truncation", "left"));
        List<Double> right = scores(Map.of("text", text, "truncation", "right"));
        assertThat(left).isNotEqualTo(right);
        assertThat(right).isEqualTo(scores(Map.of("text", "good ".repeat(18))));
    }

    @Test
    void aVersionIsAskedByNameAndNumber() {
        post("reviews@1", Map.of("text", TEXT))
                .statusCode(200)
                .body("model", equalTo("reviews"))
                .body("version", equalTo("1"));
        post("reviews@9", Map.of("text", TEXT))
                .statusCode(404)
                .body("code", equalTo("VERSION_NOT_FOUND"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "top_k;0;from 1 to the model's 3 labels",
                "top_k;4;from 1 to the model's 3 labels",
                "top_k;-1;from 1 to the model's 3 labels",
                "threshold;-0.1;from 0 to 1",
                "threshold;1.5;from 0 to 1",
                "truncation;\"middle\";none of \"left\", \"right\" and \"windows\"",
            })
    void anOptionBeyondItsValuesIsRefusedByName(String field, String value, String message) {
        given().contentType(ContentType.JSON)
                .body("{\"text\":\"a\",\"" + field + "\":" + value + "}")
                .post("/v1/models/reviews/classify")
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"))
                .body("detail", containsString(field + ": "))
                .body("detail", containsString(message));
    }

    @Test
    void theHeadersSayWhatItCost() {
        ValidatableResponse response = post("reviews", Map.of("text", TEXT)).statusCode(200);
        for (String header :
                List.of(
                        "x-compute-time",
                        "x-compute-characters",
                        "x-compute-tokens",
                        "x-total-time",
                        "x-tokenization-time",
                        "x-queue-time",
                        "x-inference-time")) {
            response.header(header, matchesRegex("[0-9]+"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "soon", "1.5", "99999999999999999999"})
    void aTimeLimitThatIsNoneIsRefused(String limit) {
        given().contentType(ContentType.JSON)
                .header("ortune-timeout-ms", limit)
                .body(Map.of("text", TEXT))
                .post("/v1/models/reviews/classify")
                .then()
                .statusCode(400)
                .body("detail", containsString("ortune-timeout-ms"));
    }

    @Test
    void everyInferenceIsDocumentedWithExamplesAndErrors() {
        JsonPath document =
                given().accept(ContentType.JSON).get("/q/openapi?format=json").jsonPath();
        for (String path :
                List.of(
                        "/v1/models/{model}/classify",
                        "/v2/models/{model}/infer",
                        "/v2/models/{model}/versions/{version}/infer",
                        "/predict")) {
            Map<String, ?> operation = document.getMap("paths.'" + path + "'.post");
            assertThat(operation).as(path).isNotNull();
            assertThat(document.getString("paths.'" + path + "'.post.requestBody"))
                    .as(path)
                    .contains("examples");
            for (String status : List.of("200", "413", "429", "504")) {
                assertThat(
                                document.getString(
                                        "paths.'%s'.post.responses.'%s'".formatted(path, status)))
                        .as(path + " " + status)
                        .contains("examples");
            }
        }
    }

    private static List<Double> scores(Map<String, Object> body) {
        return post("reviews", body)
                .statusCode(200)
                .body("results", hasSize(1))
                .extract()
                .jsonPath()
                .getList("results[0].scores.score", Double.class);
    }

    private static ValidatableResponse post(String model, Map<String, Object> body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/models/" + model + "/classify")
                .then();
    }
}
