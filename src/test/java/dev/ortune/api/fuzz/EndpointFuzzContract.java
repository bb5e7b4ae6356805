package dev.ortune.api.fuzz;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.api.fuzz.ApiDocument.Parameter;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent to whichever address of the OpenAPI document is answered or refused as its sender's
 * fault, in the address's own words, without a word of what only the service should know.
 *
 * <p>Longer with {@code -Dortune.fuzz.requests=100000}, otherwise with {@code -Dortune.fuzz.seed=7}.
 */
abstract class EndpointFuzzContract {

    private static final long REQUESTS = Long.getLong("ortune.fuzz.requests", 2500);
    private static final long SEED = Long.getLong("ortune.fuzz.seed", 1);

    @Inject StandInWorker worker;

    private FuzzRun run;

    @BeforeEach
    void readTheDocument() throws IOException {
        run = new FuzzRun(RestAssured.port, SEED);
    }

    @Test
    void noRequestBringsTheServiceOutOfStep() throws IOException {
        Draw draw = new Draw(SEED);
        new EndpointFuzz(run, draw).run(REQUESTS, () -> worker.work(draw));
        assertThat(run.findings()).as(String.join("\n", run.findings())).isEmpty();
        itStillAnswers();
    }

    @Test
    void noFileOfRowsBringsADryRunOutOfStep() throws IOException {
        new DryRunFuzz(run, new Draw(SEED)).run(REQUESTS / 10);
        assertThat(run.findings()).as(String.join("\n", run.findings())).isEmpty();
    }

    @Test
    void theDocumentNamesWhatItsPathsHave() {
        assertThat(run.document().operations())
                .isNotEmpty()
                .allSatisfy(
                        operation ->
                                assertThat(
                                                operation.parameters().stream()
                                                        .filter(it -> it.place().equals("path"))
                                                        .map(Parameter::name)
                                                        .collect(Collectors.toSet()))
                                        .as(operation.toString())
                                        .isEqualTo(operation.placeholders()));
    }

    private static void itStillAnswers() {
        String key = "Bearer " + FuzzedService.ADMIN_KEY;
        given().header("Authorization", key)
                .post("/v2/repository/models/reviews/load")
                .then()
                .statusCode(200);
        given().header("Authorization", key)
                .contentType(ContentType.JSON)
                .body("{\"text\": \"good\"}")
                .post("/v1/models/reviews/classify")
                .then()
                .statusCode(200);
    }
}
