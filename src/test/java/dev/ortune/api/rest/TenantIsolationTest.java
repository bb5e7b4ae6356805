package dev.ortune.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one tenant can learn of another's models over HTTP: nothing. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
class TenantIsolationTest {

    private static final Tenant ACME = new Tenant("acme");
    private static final Tenant GLOBEX = new Tenant("globex");
    private static final String MODEL = "/v1/models/hidden";
    private static final String TEXT = "{\"text\":\"good\"}";
    private static final String INFER =
            "{\"inputs\":[{\"name\":\"text\",\"shape\":[1],\"datatype\":\"BYTES\","
                    + "\"data\":[\"good\"]}]}";

    @AfterEach
    void deleteWhatWasPublished() {
        ACME.deletes("hidden");
        GLOBEX.deletes("hidden");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "none",
            value = {
                "GET;/v1/models/hidden;none",
                "GET;/v1/models/hidden/versions/1;none",
                "GET;/v1/models/hidden/versions/9;none",
                "GET;/v1/models/hidden/versions/prod;none",
                "GET;/v1/models/hidden/versions/1/export;none",
                "GET;/v1/models/hidden/versions/1/export?format=onnx_adapter;none",
                "GET;/v1/models/hidden/versions/1/export?format=onnx;none",
                "DELETE;/v1/models/hidden;none",
                "DELETE;/v1/models/hidden/versions/1;none",
                "DELETE;/v1/models/hidden/aliases/prod;none",
                "PUT;/v1/models/hidden/aliases/prod;{\"version\":\"1\"}",
                "POST;/v1/models/hidden/aliases/prod/rollback;none",
                "POST;/v1/models/hidden/classify;" + TEXT,
                "POST;/v1/models/hidden@1/classify;" + TEXT,
                "POST;/v1/models/hidden@prod/classify;" + TEXT,
                "POST;/v1/models/acme~hidden/classify;" + TEXT,
                "GET;/v1/models/acme~hidden;none",
                "GET;/v2/models/hidden;none",
                "GET;/v2/models/hidden@prod;none",
                "GET;/v2/models/acme~hidden;none",
                "GET;/v2/models/hidden/versions/1;none",
                "GET;/v2/models/hidden/ready;none",
                "GET;/v2/models/hidden/versions/1/ready;none",
                "POST;/v2/models/hidden/infer;" + INFER,
                "POST;/v2/models/hidden/versions/1/infer;" + INFER,
                "POST;/v2/repository/models/hidden/load;{}",
                "POST;/v2/repository/models/hidden/unload;{}",
                "POST;/v2/repository/models/acme~hidden/unload;{}",
                "POST;/v2/repository/index;{}",
                "POST;/v2/repository/index;{\"ready\":true}",
                "GET;/v1/models;none",
                "GET;/info;none",
                "GET;/health;none",
            })
    void anotherTenantsModelIsAnsweredLikeOneThatNeverWas(String method, String path, String body) {
        Map<String, Object> never = answer(method, path, body);
        ACME.publishes("hidden").then().statusCode(201);
        assertThat(answer(method, path, body)).isEqualTo(never);
        assertThat(never.toString()).doesNotContain("globex");
        ACME.asks()
                .get(MODEL)
                .then()
                .statusCode(200)
                .body("name", equalTo("hidden"))
                .body("versions.version", contains("1"))
                .body("aliases.prod.version", equalTo("1"));
        ACME.asks().get("/v2/models/hidden/ready").then().statusCode(200);
    }

    @Test
    void theOwnerSeesAndUsesItUnderItsBareName() {
        ACME.publishes("hidden")
                .then()
                .statusCode(201)
                .header("Location", containsString(MODEL + "/versions/1"))
                .body("model", equalTo("hidden"));
        ACME.asks()
                .get("/v1/models")
                .then()
                .body("models.name", contains("by-peft", "hidden", "reviews"));
        ACME.asks()
                .contentType(ContentType.JSON)
                .body(TEXT)
                .post(MODEL + "/classify")
                .then()
                .statusCode(200)
                .body("model", equalTo("hidden"))
                .body("version", equalTo("1"));
        ACME.asks()
                .contentType(ContentType.JSON)
                .body(INFER)
                .post("/v2/models/hidden/infer")
                .then()
                .statusCode(200)
                .body("model_name", equalTo("hidden"));
        ACME.asks()
                .post("/v2/repository/index")
                .then()
                .body("name", contains("by-peft", "hidden", "reviews"));
        for (String format : List.of("peft", "onnx_adapter", "onnx")) {
            ACME.asks()
                    .get(MODEL + "/versions/1/export?format=" + format)
                    .then()
                    .statusCode(200)
                    .header("Content-Disposition", startsWith("attachment; filename=\"hidden-1."));
        }
    }

    @Test
    void anUnloadedModelIsCalledByItsBareNameToo() {
        ACME.publishes("hidden");
        ACME.asks().post("/v2/repository/models/hidden/unload").then().statusCode(200);
        ACME.asks()
                .contentType(ContentType.JSON)
                .body(TEXT)
                .post(MODEL + "/classify")
                .then()
                .statusCode(503)
                .body("detail", equalTo("The model hidden@1 is unloaded."))
                .body("remedy", not(containsString("acme")));
        ACME.asks().get("/v2/models/hidden/ready").then().statusCode(503);
    }

    @Test
    void twoTenantsPublishTheSameNameWithoutConflict() {
        ACME.publishes("hidden").then().statusCode(201).body("version", equalTo("1"));
        GLOBEX.publishes("hidden").then().statusCode(201).body("version", equalTo("1"));
        GLOBEX.publishes("hidden").then().statusCode(201).body("version", equalTo("2"));
        ACME.asks().get(MODEL).then().body("versions", hasSize(1));
        ACME.asks().delete(MODEL).then().statusCode(200);
        GLOBEX.asks().get(MODEL).then().statusCode(200).body("versions", hasSize(2));
        given().get(MODEL).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme~hidden", "globex~hidden", "default~hidden", "~hidden"})
    void noNameWithATenantIsPublished(String name) {
        GLOBEX.publishes(name).then().statusCode(400).body("code", equalTo("INVALID_REQUEST"));
    }

    @Test
    void aConfiguredModelIsEverybodysAndNobodysToChange() {
        for (Tenant tenant : List.of(ACME, GLOBEX)) {
            tenant.asks()
                    .contentType(ContentType.JSON)
                    .body(TEXT)
                    .post("/v1/models/reviews/classify")
                    .then()
                    .statusCode(200)
                    .body("model", equalTo("reviews"));
            tenant.asks()
                    .contentType(ContentType.JSON)
                    .body("{\"inputs\":\"good\"}")
                    .post("/predict")
                    .then()
                    .statusCode(200);
            tenant.asks().get("/info").then().body("model_id", equalTo("reviews@1"));
            tenant.publishes("reviews")
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("MODEL_READ_ONLY"));
            tenant.asks()
                    .delete("/v1/models/reviews")
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("MODEL_READ_ONLY"));
        }
    }

    @Test
    void aConfiguredModelIsUnloadedForWhoUnloadsIt() {
        ACME.asks().post("/v2/repository/models/reviews/unload").then().statusCode(200);
        try {
            ACME.asks().get("/health").then().statusCode(503);
            ACME.asks().get("/v2/models/reviews/ready").then().statusCode(503);
            GLOBEX.asks().get("/health").then().statusCode(200);
            GLOBEX.asks().get("/v2/models/reviews/ready").then().statusCode(200);
            given().get("/v2/models/reviews/ready").then().statusCode(200);
        } finally {
            ACME.asks().post("/v2/repository/models/reviews/load").then().statusCode(200);
        }
        ACME.asks().get("/health").then().statusCode(200);
    }

    @Test
    void operatorsSeeWhoseModelIsAskedAndProbesDoNot() {
        ACME.publishes("hidden");
        ACME.asks().contentType(ContentType.JSON).body(TEXT).post(MODEL + "/classify");
        assertThat(given().get("/q/metrics").asString())
                .containsPattern(
                        "ortune_request_tokens_total\\{[^}]*model=\"hidden\",[^}]*tenant=\"acme\"");
        assertThat(given().get("/q/health").asString())
                .contains("reviews")
                .doesNotContain("hidden");
        ACME.deletes("hidden");
        assertThat(given().get("/q/metrics").asString()).doesNotContain("hidden");
    }

    /** Everything that the other tenant gets, but for what any two answers differ in. */
    private static Map<String, Object> answer(String method, String path, String body) {
        RequestSpecification request = GLOBEX.asks().urlEncodingEnabled(false);
        if (body != null) {
            request.contentType(ContentType.JSON).body(body);
        }
        Response response = request.request(method, path);
        Map<String, Object> answer = new TreeMap<>();
        for (Header header : response.headers()) {
            if (!Set.of("date").contains(header.getName().toLowerCase(java.util.Locale.ROOT))) {
                answer.put(header.getName(), header.getValue());
            }
        }
        answer.put("status", response.statusCode());
        answer.put("body", response.asString());
        return answer;
    }
}
