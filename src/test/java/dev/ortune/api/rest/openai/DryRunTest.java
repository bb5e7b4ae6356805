package dev.ortune.api.rest.openai;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.ortune.api.rest.TinyModels;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of files that cannot be trained on. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
class DryRunTest {

    private static final String MESSAGE = "report.findings[0].message";

    @Test
    void aFileThatCannotBeReadIsToldWithoutItsPlace() {
        dryRun("rows.csv.gz", "no gzip")
                .body("valid", equalTo(false))
                .body(MESSAGE, equalTo("training.csv.gz is not a gzip file."));
    }

    @Test
    void aRowThatIsNoJsonIsToldWithoutJavasWords() {
        dryRun("rows.jsonl", "{\"text\": \"a\", \"label\": \"b\"} \"c\"\n")
                .body("valid", equalTo(false))
                .body(
                        MESSAGE,
                        equalTo(
                                "training.jsonl, row 1 (line 1) is not valid JSON: something follows"
                                        + " where it should end."));
    }

    private static ValidatableResponse dryRun(String name, String rows) {
        String file =
                given().multiPart("file", name, rows.getBytes(StandardCharsets.UTF_8))
                        .multiPart("purpose", "fine-tune")
                        .post("/v1/files")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("id");
        return given().contentType(ContentType.JSON)
                .body(Map.of("model", "distilbert-tiny", "training_file", file, "dry_run", true))
                .post("/v1/fine_tuning/jobs")
                .then()
                .statusCode(200);
    }
}
