package dev.ortune.api.rest;

import static io.restassured.RestAssured.given;

import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.repository.archive.TestArchive;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/**
 * A client of the tested service.
 *
 * @param name the tenant's
 */
public record Tenant(String name) {

    private static final byte[] ADAPTER =
            new TestArchive().withFolder("", GoldenAdapter.named("peft-distilbert").folder()).zip();

    private static final RestAssuredConfig AS_IT_IS =
            RestAssured.config()
                    .encoderConfig(
                            EncoderConfig.encoderConfig()
                                    .appendDefaultContentCharsetToContentTypeIfUndefined(false));

    /** A request of theirs. */
    public RequestSpecification asks() {
        return given().config(AS_IT_IS).header(TestTenantFilter.TENANT, name);
    }

    /** Publishes an adapter; an alias {@code prod} points to it. */
    public Response publishes(String model) {
        return asks().contentType("application/zip")
                .body(ADAPTER)
                .post("/v1/models/" + model + "/versions?alias=prod");
    }

    /** Deletes a model, if it is there. */
    public void deletes(String model) {
        asks().delete("/v1/models/" + model);
    }
}
