package dev.ortune.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients may rely on; run against the application in the tests' JVM and as packaged. */
abstract class ModelsContract {

    private static final String CLASSIFY = "/v1/models/reviews/classify";

    @Test
    void oneTextGetsOneResult() {
        classify(Map.of("text", "it was good"))
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("model", equalTo("reviews"))
                .body("results", hasSize(1))
                .body("results[0].scores.label", contains("negative", "positive", "so | so"));
    }

    @Test
    void severalTextsGetTheirResultsInOrder() {
        List<String> texts = List.of("it was good", "a", "not a fan at all of this movie");
        ValidatableResponse together = classify(Map.of("texts", texts)).statusCode(200);
        together.body("results", hasSize(3));
        for (int i = 0; i < texts.size(); i++) {
            String path = "results[%d].scores[0].score".formatted(i);
            double alone =
                    classify(Map.of("text", texts.get(i)))
                            .extract()
                            .jsonPath()
                            .getDouble("results[0].scores[0].score");
            assertThat(together.extract().jsonPath().getDouble(path))
                    .isCloseTo(alone, within(1e-5));
        }
    }

    @Test
    void theScoreIsTheBestLabelsAndAllSumToOne() {
        JsonPath json = classify(Map.of("text", "good")).extract().jsonPath();
        List<Double> scores = json.getList("results[0].scores.score", Double.class);
        assertThat(scores.stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(1, within(1e-6));
        assertThat(json.getDouble("results[0].score"))
                .isEqualTo(scores.stream().max(Double::compare).orElseThrow());
    }

    @Test
    void theModelsAreListed() {
        given().get("/v1/models")
                .then()
                .statusCode(200)
                .body("models.name", contains("by-peft", "reviews"))
                .body("models[1].base", equalTo("distilbert-tiny"))
                .body("models[1].labels", contains("negative", "positive", "so | so"))
                .body("models[1].problem_type", equalTo("single_label"))
                .body("models[1].max_tokens", equalTo(20));
    }

    @Test
    void theServiceIsReadyWithItsModelsAndItsDatabase() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.find { it.name == 'database' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'bases' }.status", equalTo("UP"))
                .body(
                        "checks.find { it.name == 'models' }.data.names",
                        equalTo("by-peft, reviews"));
    }

    @Test
    void nothingThatComesAndGoesIsAskedWhetherTheServiceLives() {
        given().get("/q/health/live")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks", empty());
    }

    @Test
    void theOpenApiDocumentDescribesTheClassification() {
        given().accept(ContentType.JSON)
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.'/v1/models/{model}/classify'.post.operationId", equalTo("classify"))
                .body(
                        "components.schemas.ClassifyRequest.properties.texts.type.toString()",
                        containsString("array"))
                .body("components.schemas.Problem.properties.field", not(nullValue()));
    }

    @Test
    void anUnknownModelIsNotFound() {
        problem(
                        given().contentType(ContentType.JSON)
                                .body(Map.of("text", "good"))
                                .post("/v1/models/none/classify")
                                .then(),
                        404,
                        "MODEL_NOT_FOUND")
                .body("detail", equalTo("There is no model \"none\"."))
                .body("remedy", containsString("/v1/models"))
                .body("type", equalTo("urn:ortune:error:model-not-found"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};text;only one of them",
                "{\"text\":null};text;only one of them",
                "{\"text\":\"a\",\"texts\":[\"b\"]};text;only one of them",
                "{\"text\":\"  \"};text;blank",
                "{\"text\":\"\"};text;blank",
                "{\"texts\":[]};texts;empty",
                "{\"texts\":[\"a\",\" \"]};texts[1];blank",
                "{\"texts\":[\"a\",null]};texts[1];null",
                "{\"texts\":[\"a\",\"a\",\"a\",\"a\",\"a\"]};texts;at most 4",
                "{\"texts\":[\"a\",5]};texts[1];right type",
                "{\"text\":5};text;right type",
                "{\"text\":true};text;right type",
                "{\"text\":[\"a\"]};text;right type",
                "{\"texts\":\"a\"};texts;right type",
                "{\"texts\":{\"a\":1}};texts;right type",
                "{\"text\":\"a\",\"top_n\":1};top_n;not known",
                "{\"inputs\":\"a\"};inputs;Known fields are: raw_scores, text, texts, threshold,",
                "{\"text\":\"a\",\"top_k\":\"1\"};top_k;right type",
                "{\"text\":\"a\",\"top_k\":1.5};top_k;right type",
                "{\"text\":\"a\",\"threshold\":\"0.5\"};threshold;right type",
                "{\"text\":\"a\",\"raw_scores\":1};raw_scores;right type",
                "{\"text\":\"a\",\"truncation\":true};truncation;right type",
            })
    void aFaultyFieldIsNamed(String body, String field, String message) {
        problem(classifyRaw(body), 400, "INVALID_REQUEST")
                .body("field", equalTo(field))
                .body("toString()", containsString(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "none",
            value = {
                "{\"text\":;not valid JSON at line 1",
                "text;not valid JSON",
                "{\"text\":\"a\"} x;not valid JSON",
                "{\"text\":\"a\",\"text\":\"b\"};not valid JSON",
                "[\"a\"];not the JSON object",
                "\"a\";not the JSON object",
                "null;no body",
                "'';no body",
            })
    void aBodyThatIsNoRequestIsRefused(String body, String message) {
        problem(classifyRaw(body), 400, "INVALID_REQUEST").body("detail", containsString(message));
    }

    @Test
    void aTextBeyondTheLimitIsRefusedWithTheLimit() {
        problem(
                        classify(Map.of("text", "a".repeat(TinyModels.MAX_CHARACTERS + 1))),
                        400,
                        "INVALID_REQUEST")
                .body("detail", containsString("201 characters; at most 200"));
        classify(Map.of("text", "a".repeat(TinyModels.MAX_CHARACTERS))).statusCode(200);
    }

    @Test
    void halfASurrogatePairIsAnsweredAsAnyText() {
        classifyRaw("{\"text\":\"good \\ud83d\"}").statusCode(200);
    }

    @Test
    void anotherContentTypeIsRefused() {
        problem(
                        given().contentType("text/plain").body("good").post(CLASSIFY).then(),
                        415,
                        "UNSUPPORTED_MEDIA_TYPE")
                .body("remedy", containsString("application/json"));
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        problem(
                classify(Map.of("texts", List.of("a".repeat(5000)))),
                413,
                "REQUEST_ENTITY_TOO_LARGE");
    }

    @Test
    void aBodyBeyondTheLimitThatDoesNotAnnounceItsLengthIsRefused() throws Exception {
        byte[] body =
                ("{\"text\":\"" + "a".repeat(20_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + RestAssured.port + CLASSIFY))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofInputStream(
                                        () -> new ByteArrayInputStream(body)))
                        .build();
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(413);
        assertThat(response.body()).contains("\"code\":\"REQUEST_ENTITY_TOO_LARGE\"");
    }

    @Test
    void anUnknownAddressIsNotFound() {
        problem(given().get("/v1/nothing").then(), 404, "NOT_FOUND");
    }

    @Test
    void anotherMethodIsRefused() {
        problem(given().get(CLASSIFY).then(), 405, "METHOD_NOT_ALLOWED");
    }

    @Test
    void noErrorTellsOfTheInside() {
        for (String body : List.of("{\"text\":5}", "{", "{\"a\":1}", "[]")) {
            String answer = classifyRaw(body).extract().asString();
            assertThat(answer).doesNotContain("java", "jackson", "dev.ortune", "Exception");
        }
    }

    static ValidatableResponse classify(Map<String, Object> body) {
        return given().contentType(ContentType.JSON).body(body).post(CLASSIFY).then();
    }

    static ValidatableResponse classifyRaw(String body) {
        return given().contentType(ContentType.JSON)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(CLASSIFY)
                .then();
    }

    private static ValidatableResponse problem(
            ValidatableResponse response, int status, String code) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("code", equalTo(code))
                .body("title", not(nullValue()))
                .body("detail", not(nullValue()))
                .body("remedy", not(nullValue()));
    }
}
