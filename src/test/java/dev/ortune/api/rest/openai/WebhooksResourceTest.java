package dev.ortune.api.rest.openai;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.ortune.api.rest.TinyModels;
import dev.ortune.webhook.Receiver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Endpoints on this machine hear of jobs that really end. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
@TestProfile(WebhooksResourceTest.OnThisMachine.class)
class WebhooksResourceTest {

    private static final String ENDPOINTS = "/v1/webhook_endpoints";
    private static final String JOBS = "/v1/fine_tuning/jobs";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(120);

    private Receiver receiver;

    /** Endpoints may be on this machine. */
    public static final class OnThisMachine implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("ortune.webhooks.allow-private-addresses", "true");
        }
    }

    @BeforeEach
    void receive() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void deleteEndpoints() {
        List<String> ids = given().get(ENDPOINTS).then().extract().path("data.id");
        ids.forEach(id -> given().delete(ENDPOINTS + "/" + id).then().statusCode(200));
        receiver.close();
    }

    @Test
    void anEndpointHearsThatAJobHasAModelAndCanCheckTheSignature() throws Exception {
        ValidatableResponse endpoint = create(receiver.answering("/hooks", 204)).statusCode(200);
        String job = createJob();
        await(() -> !receiver.to("/hooks").isEmpty());
        given().get(JOBS + "/" + job)
                .then()
                .body("status", equalTo("succeeded"))
                .body("fine_tuned_model", notNullValue());

        Receiver.Received event = receiver.to("/hooks").get(0);
        assertThat(event.method()).isEqualTo("POST");
        assertThat(event.body())
                .contains("\"type\":\"fine_tuning.job.succeeded\"")
                .contains("\"data\":{\"id\":\"" + job + "\"}");
        assertThat(event.header("webhook-signature"))
                .isEqualTo("v1," + signature(endpoint.extract().path("secret"), event));

        String deliveries = ENDPOINTS + "/" + endpoint.extract().path("id") + "/deliveries";
        await(() -> given().get(deliveries).asString().contains("delivered"));
        given().get(deliveries + "?limit=1")
                .then()
                .statusCode(200)
                .body("object", equalTo("list"))
                .body("has_more", equalTo(false))
                .body("data", hasSize(1))
                .body("data[0].id", equalTo(event.header("webhook-id")))
                .body("data[0].object", equalTo("webhook_endpoint.delivery"))
                .body("data[0].webhook_endpoint_id", equalTo(endpoint.extract().path("id")))
                .body("data[0].type", equalTo("fine_tuning.job.succeeded"))
                .body("data[0].status", equalTo("delivered"))
                .body("data[0].attempts", equalTo(1))
                .body("data[0].last_status", equalTo(204))
                .body("data[0].last_error", nullValue())
                .body("data[0].next_attempt_at", nullValue())
                .body("data[0].finished_at", greaterThan(1_500_000_000));
    }

    @Test
    void anEndpointThatIsGoneIsDisabledUntilItsOwnerEnablesItAgain() {
        String id = create(receiver.answering("/gone", 410)).extract().path("id");
        given().post(JOBS + "/" + createJob() + "/cancel").then().statusCode(200);
        String endpoint = ENDPOINTS + "/" + id;
        await(() -> !given().get(endpoint).then().extract().<Boolean>path("enabled"));
        given().get(endpoint).then().body("disabled_reason", containsString("410"));
        given().get(endpoint + "/deliveries").then().body("data[0].status", equalTo("failed"));

        given().post(endpoint + "/enable")
                .then()
                .statusCode(200)
                .body("enabled", equalTo(true))
                .body("disabled_reason", nullValue());
    }

    @Test
    void theSecretIsShownWhenItIsMadeAndNeverAgain() {
        ValidatableResponse created =
                create("https://example.com/hooks")
                        .statusCode(200)
                        .body("object", equalTo("webhook_endpoint"))
                        .body("url", equalTo("https://example.com/hooks"))
                        .body("events", empty())
                        .body("description", equalTo(""))
                        .body("enabled", equalTo(true))
                        .body("disabled_reason", nullValue())
                        .body("created_at", greaterThan(1_500_000_000))
                        .body("secret", startsWith("whsec_"));
        String secret = created.extract().path("secret");
        String endpoint = ENDPOINTS + "/" + created.extract().path("id");

        given().get(endpoint).then().statusCode(200).body("$", not(hasSecret()));
        given().get(ENDPOINTS)
                .then()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0]", not(hasSecret()));
        given().post(endpoint + "/rotate_secret")
                .then()
                .statusCode(200)
                .body("secret", startsWith("whsec_"))
                .body("secret", not(equalTo(secret)));
        given().post(endpoint + "/enable").then().statusCode(200).body("$", not(hasSecret()));
    }

    @Test
    void anEndpointChoosesWhatItHearsOf() {
        given().contentType(ContentType.JSON)
                .body(
                        Map.of(
                                "url",
                                "http://127.0.0.1:1/hooks",
                                "events",
                                List.of("fine_tuning.job.failed", "fine_tuning.job.succeeded"),
                                "description",
                                "the team's chat"))
                .post(ENDPOINTS)
                .then()
                .statusCode(200)
                .body("description", equalTo("the team's chat"))
                .body("events", hasSize(2))
                .body("events", hasItem("fine_tuning.job.succeeded"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};url",
                "{\"url\":7};url",
                "{\"url\":\"ftp://example.com\"};url",
                "{\"url\":\"https://example.com\",\"events\":[\"fine_tuning\"]};events",
                "{\"url\":\"https://example.com\",\"events\":[1]};events[0]",
                "{\"url\":\"https://example.com\",\"description\":\"\\u0000\"};description",
                "{\"url\":\"https://example.com\",\"secret\":\"whsec_AAAA\"};secret"
            })
    void aFieldAtFaultIsNamed(String body, String field) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post(ENDPOINTS)
                .then()
                .statusCode(400)
                .body("error.type", equalTo("invalid_request_error"))
                .body("error.code", equalTo("INVALID_REQUEST"))
                .body("error.param", equalTo(field))
                .body("error.message", startsWith(field + ": "));
    }

    @Test
    void theNumberOfDeliveriesHasBounds() {
        String id = create("https://example.com/hooks").extract().path("id");
        given().get(ENDPOINTS + "/" + id + "/deliveries?limit=101")
                .then()
                .statusCode(400)
                .body("error.param", equalTo("limit"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, ''",
        "DELETE, ''",
        "POST, /rotate_secret",
        "POST, /enable",
        "GET, /deliveries"
    })
    void anUnknownEndpointIsNotFound(String method, String rest) {
        given().request(method, ENDPOINTS + "/we_none" + rest)
                .then()
                .statusCode(404)
                .body("error.code", equalTo("WEBHOOK_NOT_FOUND"))
                .body("error.type", equalTo("not_found_error"));
    }

    @Test
    void aDeletedEndpointIsGone() {
        String id = create("https://example.com/hooks").extract().path("id");
        given().delete(ENDPOINTS + "/" + id)
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("object", equalTo("webhook_endpoint"))
                .body("deleted", equalTo(true));
        given().get(ENDPOINTS + "/" + id).then().statusCode(404);
    }

    private static ValidatableResponse create(String url) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("url", url))
                .post(ENDPOINTS)
                .then();
    }

    /** A job of one epoch, which takes seconds. */
    private static String createJob() {
        StringBuilder rows = new StringBuilder("text,label\n");
        for (int i = 0; i < 4; i++) {
            rows.append("good ").append(i).append(",yes\nbad ").append(i).append(",no\n");
        }
        String file =
                given().multiPart(
                                "file",
                                "rows.csv",
                                rows.toString().getBytes(StandardCharsets.UTF_8))
                        .multiPart("purpose", "fine-tune")
                        .post("/v1/files")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("id");
        return given().contentType(ContentType.JSON)
                .body(
                        Map.of(
                                "model",
                                "distilbert-tiny",
                                "training_file",
                                file,
                                "hyperparameters",
                                Map.of("n_epochs", 1)))
                .post(JOBS)
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    /** As docs/webhooks.md has it. */
    private static String signature(String secret, Receiver.Received event) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(
                new SecretKeySpec(
                        Base64.getDecoder().decode(secret.substring("whsec_".length())),
                        "HmacSHA256"));
        String signed =
                event.header("webhook-id")
                        + "."
                        + event.header("webhook-timestamp")
                        + "."
                        + event.body();
        return Base64.getEncoder()
                .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(LONGEST_WAIT);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("waited too long").isBefore(end);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static Matcher<Map<? extends String, ?>> hasSecret() {
        return hasKey("secret");
    }
}
