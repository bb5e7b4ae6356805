package dev.ortune.api.rest.tei;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesRegex;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client of text-embeddings-inference relies on. */
abstract class PredictContract {

    private static final String LONG = "good ".repeat(30).strip();

    @ParameterizedTest
    @ValueSource(strings = {"{\"inputs\":\"it was good\"}", "{\"inputs\":[\"it was good\"]}"})
    void oneTextGetsItsLabelsTheBestFirst(String body) {
        List<Float> scores =
                predict(body)
                        .statusCode(200)
                        .body("$", hasSize(3))
                        .header("x-total-time", matchesRegex("[0-9]+"))
                        .extract()
                        .jsonPath()
                        .getList("score", Float.class);
        assertThat(scores).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void aBatchGetsAListPerText() {
        predict("{\"inputs\":[[\"it was good\"],[\"a\"]]}")
                .statusCode(200)
                .body("$", hasSize(2))
                .body("[1]", hasSize(3))
                .body("[1][0].label", matchesRegex("negative|positive|so \\| so"));
    }

    @Test
    void rawScoresAreNoProbabilities() {
        List<Float> logits =
                predict("{\"inputs\":\"good\",\"raw_scores\":true}")
                        .extract()
                        .jsonPath()
                        .getList("score", Float.class);
        List<Float> probabilities =
                predict("{\"inputs\":\"good\"}").extract().jsonPath().getList("score", Float.class);
        assertThat(logits).isNotEqualTo(probabilities).hasSize(3);
    }

    @Test
    void whatItsClientsSendBesidesIsIgnored() {
        predict("{\"inputs\":\"good\",\"parameters\":{},\"truncate\":null}").statusCode(200);
    }

    @Test
    void aLongTextIsRefusedUnlessItMayBeCut() {
        error(predict("{\"inputs\":\"" + LONG + "\"}"), 413, "Validation")
                .body("error", containsString("tokens; the model takes at most 20"));
        predict("{\"inputs\":\"" + LONG + "\",\"truncate\":true}").statusCode(200);
    }

    @Test
    void theTextIsCutAtTheSideThatIsNamed() {
        String text = LONG + " a not fan movie";
        String body =
                "{\"inputs\":\"" + text + "\",\"truncate\":true,\"truncation_direction\":\"%s\"}";
        String left = predict(body.formatted("Left")).statusCode(200).extract().asString();
        assertThat(predict(body.formatted("left")).extract().asString()).isEqualTo(left);
        assertThat(predict(body.formatted("Right")).statusCode(200).extract().asString())
                .isNotEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};422;inputs is missing",
                "{\"inputs\":5};422;inputs must be",
                "{\"inputs\":[]};422;inputs must be",
                "{\"inputs\":null};422;inputs must be",
                "{\"inputs\":[[]]};422;inputs[0]",
                "{\"inputs\":[[\"a\"],\"b\"]};422;inputs[1]",
                "{\"inputs\":[[\"a\"],[1]]};422;inputs[1]",
                "{\"inputs\":[{\"a\":\"b\",\"c\":\"d\"}]};422;inputs[0]",
                "{\"inputs\":[\"a\",\"b\",\"c\"]};422;inputs",
                "{\"inputs\":[\"a\",\"b\"]};422;pair of texts",
                "{\"inputs\":[[\"a\",\"b\"]]};422;inputs[0] is a pair of texts",
                "{\"inputs\":\"a\",\"truncate\":\"yes\"};422;truncate must be",
                "{\"inputs\":\"a\",\"raw_scores\":1};422;raw_scores must be",
                "{\"inputs\":\"a\",\"truncation_direction\":\"up\"};422;truncation_direction must be",
                "{\"inputs\":\"\"};413;inputs: The text is blank",
                "{\"inputs\":[[\"a\"],[\"a\"],[\"a\"],[\"a\"],[\"a\"]]};413;at most 4",
                "{;400;not valid JSON",
                "[];400;not the JSON object",
                "'';400;no body",
            })
    void errorsHaveItsFormAndStatus(String body, int status, String message) {
        error(predict(body), status, "Validation").body("error", containsString(message));
    }

    @Test
    void errorsOfHttpItselfHaveItsFormToo() {
        error(given().get("/predict").then(), 405, "Validation");
        error(
                given().contentType("text/plain").body("a").post("/predict").then(),
                415,
                "Validation");
        error(predict("{\"inputs\":\"" + "a".repeat(5000) + "\"}"), 413, "Validation");
    }

    @Test
    void theModelSaysWhatItIs() {
        given().get("/info")
                .then()
                .statusCode(200)
                .body("model_id", equalTo("reviews@1"))
                .body("model_type.classifier.id2label.'0'", equalTo("negative"))
                .body("model_type.classifier.label2id.positive", equalTo(1))
                .body("max_input_length", equalTo(20))
                .body("max_client_batch_size", equalTo(4));
    }

    @Test
    void theModelIsHealthyUnlessItIsUnloaded() {
        given().get("/health").then().statusCode(200);
        given().post("/v2/repository/models/reviews/unload").then().statusCode(200);
        try {
            error(given().get("/health").then(), 503, "Unhealthy");
            error(predict("{\"inputs\":\"good\"}"), 424, "Backend");
        } finally {
            given().post("/v2/repository/models/reviews/load").then().statusCode(200);
        }
        given().get("/health").then().statusCode(200);
    }

    private static ValidatableResponse predict(String body) {
        return given().contentType(ContentType.JSON)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/predict")
                .then();
    }

    private static ValidatableResponse error(
            ValidatableResponse response, int status, String type) {
        return response.statusCode(status)
                .contentType(ContentType.JSON)
                .body("error_type", equalTo(type));
    }
}
