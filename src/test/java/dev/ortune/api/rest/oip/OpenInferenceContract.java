package dev.ortune.api.rest.oip;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;

import dev.ortune.api.rest.TinyModels;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Open Inference Protocol over HTTP, as its specification has it. */
abstract class OpenInferenceContract {

    private static final String REVIEWS = "/v2/models/reviews";
    private static final String INPUT =
            "{\"name\":\"text\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"it was good\",\"a\"]}";

    @AfterEach
    void loadAgain() {
        given().post("/v2/repository/models/reviews/load").then().statusCode(200);
    }

    @Test
    void theServerSaysWhatItIs() {
        given().get("/v2")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("name", equalTo("ortune"))
                .body("version", not(equalTo("")))
                .body("extensions", hasItems("model_repository", "classification"));
    }

    @Test
    void theServerLivesAndIsReady() {
        given().get("/v2/health/live").then().statusCode(200).body("live", equalTo(true));
        given().get("/v2/health/ready").then().statusCode(200).body("ready", equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {REVIEWS, REVIEWS + "/versions/1", "/v2/models/reviews@1"})
    void aModelSaysWhatItTakesAndGives(String address) {
        given().get(address)
                .then()
                .statusCode(200)
                .body("name", equalTo("reviews"))
                .body("versions", contains("1"))
                .body("platform", equalTo("onnx_onnxv1"))
                .body("inputs.name", contains("text"))
                .body("inputs[0].datatype", equalTo("BYTES"))
                .body("inputs[0].shape", contains(-1))
                .body("outputs.name", contains("label", "score", "probabilities", "logits"))
                .body("outputs[3].datatype", equalTo("FP32"))
                .body("outputs[3].shape", contains(-1, 3));
    }

    @Test
    void allOutputsAreAnsweredWhereNoneIsRequested() {
        JsonPath answer =
                infer("{\"id\":\"42\",\"inputs\":[" + INPUT + "]}")
                        .statusCode(200)
                        .body("model_name", equalTo("reviews"))
                        .body("model_version", equalTo("1"))
                        .body("id", equalTo("42"))
                        .body("outputs.name", contains("label", "score", "probabilities", "logits"))
                        .body("outputs[0].shape", contains(2))
                        .body("outputs[0].data", hasSize(2))
                        .body("outputs[2].shape", contains(2, 3))
                        .body("outputs[2].data", hasSize(6))
                        .header("x-compute-tokens", matchesRegex("[0-9]+"))
                        .extract()
                        .jsonPath();
        List<Float> probabilities = answer.getList("outputs[2].data", Float.class);
        assertThat(probabilities.subList(0, 3).stream().mapToDouble(Float::doubleValue).sum())
                .isCloseTo(1, within(1e-5));
        assertThat(answer.getFloat("outputs[1].data[0]"))
                .isEqualTo(probabilities.subList(0, 3).stream().max(Float::compare).orElseThrow());
    }

    @Test
    void theAnswersAreThoseOfClassify() {
        double score =
                given().contentType(ContentType.JSON)
                        .body(Map.of("texts", List.of("it was good", "a")))
                        .post("/v1/models/reviews/classify")
                        .jsonPath()
                        .getDouble("results[0].scores[1].score");
        assertThat(
                        infer("{\"inputs\":[" + INPUT + "]}")
                                .extract()
                                .jsonPath()
                                .getDouble("outputs[2].data[1]"))
                .isCloseTo(score, within(1e-6));
    }

    @Test
    void requestedOutputsComeInTheirOrderAndNoIdWhereNoneWas() {
        infer(
                        "{\"inputs\":["
                                + INPUT
                                + "],\"outputs\":[{\"name\":\"logits\"},{\"name\":\"label\"}]}")
                .statusCode(200)
                .body("outputs.name", contains("logits", "label"))
                .body("$", not(hasKey("id")));
    }

    @Test
    void theClassificationParameterAnswersTheHighestValuesAsStrings() {
        infer(
                        "{\"inputs\":["
                                + INPUT
                                + "],\"outputs\":[{\"name\":\"logits\","
                                + "\"parameters\":{\"classification\":2}}]}")
                .statusCode(200)
                .body("outputs[0].datatype", equalTo("BYTES"))
                .body("outputs[0].shape", contains(2, 2))
                .body("outputs[0].data", hasSize(4))
                .body("outputs[0].data[0]", matchesRegex("-?[0-9.E-]+:[0-2]:.+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"a\",\"good\"]", "[[\"a\"],[\"good\"]]", "[[\"a\"],\"good\"]"})
    void aColumnOfTextsMayBeFlatOrInItsDimensions(String data) {
        infer(
                        "{\"inputs\":[{\"name\":\"text\",\"shape\":[2,1],\"datatype\":\"BYTES\","
                                + "\"data\":"
                                + data
                                + "}]}")
                .statusCode(200)
                .body("outputs[0].shape", contains(2));
    }

    @Test
    void whatTritonsClientSendsToSayNoIsTaken() {
        infer(
                        "{\"parameters\":{\"binary_data_output\":false},\"inputs\":["
                                + INPUT
                                + "],\"outputs\":[{\"name\":\"label\","
                                + "\"parameters\":{\"binary_data\":false}}]}")
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};inputs: The field is missing",
                "{\"inputs\":[]};inputs: There must be one input",
                "{\"inputs\":{}};inputs: The value must be a list",
                "{\"inputs\":[5]};inputs[0]: The value must be an object",
                "{\"inputs\":[I,I]};inputs: There must be one input",
                "{\"inputs\":[I],\"input\":1};input: The field is not known",
                "{\"inputs\":[I],\"id\":7};id: The value must be a string",
                "{\"inputs\":[I],\"parameters\":[]};parameters: The value must be an object",
                "{\"inputs\":[I],\"parameters\":{\"a\":1}};parameters.a: The parameter is not known",
                "{\"inputs\":[I],\"parameters\":{\"timeout\":0}};parameters.timeout: The value must",
                "{\"inputs\":[I],\"parameters\":{\"truncation\":\"up\"}};parameters.truncation: \"up\"",
                "{\"inputs\":[I],\"outputs\":[{\"name\":\"x\"}]};outputs[0].name: There is no output",
                "{\"inputs\":[I],\"outputs\":[{}]};outputs[0].name: The field is missing",
                "{\"inputs\":[I],\"outputs\":[{\"name\":\"label\"},{\"name\":\"label\"}]};asked for twice",
                "{\"inputs\":[I],\"outputs\":[{\"name\":\"label\",\"parameters\":{\"classification\":1}}]};no value per label",
                "{\"inputs\":[I],\"outputs\":[{\"name\":\"label\",\"parameters\":{\"binary_data\":true}}]};binary data",
            })
    void aFaultyFieldIsNamedInTheErrorsText(String body, String message) {
        error(infer(body.replace("I", INPUT)), 400).body("error", containsString(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"tokens\";[1];\"BYTES\";[\"a\"];inputs[0].name: There is no input",
                "5;[1];\"BYTES\";[\"a\"];inputs[0].name: The value must be a string",
                "\"text\";[1];\"FP32\";[1.5];inputs[0].datatype: \"FP32\" is not",
                "\"text\";[];\"BYTES\";[\"a\"];inputs[0].shape: The shape must be",
                "\"text\";[1,2];\"BYTES\";[\"a\",\"a\"];inputs[0].shape: The shape must be",
                "\"text\";[2];\"BYTES\";[\"a\"];inputs[0].shape: The shape [2] needs 2 elements",
                "\"text\";[0];\"BYTES\";[];inputs[0].shape: There must be at least one",
                "\"text\";[-1];\"BYTES\";[\"a\"];inputs[0].shape: There must be at least one",
                "\"text\";[9223372036854775807,1];\"BYTES\";[\"a\"];inputs[0].shape: The shape",
                "\"text\";[9223372036854775808];\"BYTES\";[\"a\"];inputs[0].shape[0]: A dimension",
                "\"text\";[1.0];\"BYTES\";[\"a\"];inputs[0].shape[0]: A dimension",
                "\"text\";[1];\"BYTES\";[[\"a\"]];inputs[0].data[0]: An element",
                "\"text\";[1];\"BYTES\";[1];inputs[0].data[0]: An element",
                "\"text\";[1,1];\"BYTES\";[[\"a\",\"b\"]];inputs[0].data[0]: The list must have one",
                "\"text\";[1];\"BYTES\";\"a\";inputs[0].data: The value must be a list",
                "\"text\";[1];\"BYTES\";[\" \"];inputs[0].data[0]: The text is blank",
            })
    void aTensorThatLiesIsRefused(
            String name, String shape, String datatype, String data, String message) {
        String input =
                "{\"name\":%s,\"shape\":%s,\"datatype\":%s,\"data\":%s}"
                        .formatted(name, shape, datatype, data);
        error(infer("{\"inputs\":[" + input + "]}"), 400).body("error", containsString(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"a\"", "{\"inputs\":NaN}", "{} {}"})
    void aBodyThatIsNoRequestIsRefused(String body) {
        error(infer(body), 400);
    }

    @Test
    void moreTextsThanAllowedAreRefused() {
        int texts = TinyModels.MAX_TEXTS + 1;
        String data = "\"a\",".repeat(texts).replaceAll(",$", "");
        error(
                        infer(
                                "{\"inputs\":[{\"name\":\"text\",\"shape\":["
                                        + texts
                                        + "],\"datatype\":\"BYTES\",\"data\":["
                                        + data
                                        + "]}]}"),
                        400)
                .body("error", containsString("inputs[0].data: The list has 5 texts"));
    }

    @Test
    void errorsOfHttpItselfAreTheProtocolsToo() {
        error(given().get("/v2/nothing").then(), 404);
        error(given().get(REVIEWS + "/infer").then(), 405);
        error(given().get("/v2/models/none").then(), 404).body("error", containsString("\"none\""));
        error(given().get("/v2/models/none/ready").then(), 404);
        error(given().get(REVIEWS + "/versions/7").then(), 404);
        error(given().get("/v2/models/no%20name").then(), 400);
        error(infer("{\"a\":\"" + "a".repeat(5000) + "\"}"), 413);
    }

    @Test
    void tritonsBinaryDataIsRefusedByName() {
        error(
                        given().contentType("application/octet-stream")
                                .header("Inference-Header-Content-Length", 20)
                                .body(new byte[40])
                                .post(REVIEWS + "/infer")
                                .then(),
                        400)
                .body("error", containsString("Inference-Header-Content-Length"));
    }

    @Test
    void theRepositoryHoldsEveryModel() {
        given().post("/v2/repository/index")
                .then()
                .statusCode(200)
                .body("name", contains("by-peft", "reviews"))
                .body("version", contains("1", "1"))
                .body("state", contains("READY", "READY"));
    }

    @Test
    void anUnloadedModelAnswersNoMoreUntilItIsLoaded() {
        given().contentType(ContentType.JSON)
                .body("{\"parameters\":{\"unload_dependents\":false}}")
                .post("/v2/repository/models/reviews/unload")
                .then()
                .statusCode(200);
        given().get(REVIEWS + "/ready").then().statusCode(503).body("ready", equalTo(false));
        error(infer("{\"inputs\":[" + INPUT + "]}"), 503).body("error", containsString("unloaded"));
        given().contentType(ContentType.JSON)
                .body("{\"ready\":true}")
                .post("/v2/repository/index")
                .then()
                .body("name", contains("by-peft"));
        given().post("/v2/repository/models/reviews/load").then().statusCode(200);
        given().get(REVIEWS + "/ready")
                .then()
                .statusCode(200)
                .body("name", equalTo("reviews"))
                .body("ready", equalTo(true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/v2/repository/index;{\"ready\":1};400",
                "/v2/repository/index;{\"all\":true};400",
                "/v2/repository/models/reviews/load;{\"parameters\":{\"config\":\"{}\"}};400",
                "/v2/repository/models/reviews/unload;{\"parameters\":{\"config\":\"{}\"}};400",
                "/v2/repository/models/none/load;{};404",
                "/v2/repository/models/none/unload;{};404",
            })
    void theRepositoryRefusesWhatItDoesNotKnow(String address, String body, int status) {
        error(given().contentType(ContentType.JSON).body(body).post(address).then(), status);
    }

    private static ValidatableResponse infer(String body) {
        return given().contentType(ContentType.JSON)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(REVIEWS + "/infer")
                .then();
    }

    private static ValidatableResponse error(ValidatableResponse response, int status) {
        return response.statusCode(status)
                .contentType(ContentType.JSON)
                .body("keySet()", contains("error"))
                .body("error", not(containsString("Exception")));
    }
}
