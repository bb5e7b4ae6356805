package dev.ortune.api.rest.openai;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.ortune.api.rest.TinyModels;
import dev.ortune.base.OrtuneHome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Contents as they were sent, whatever happens to the disk. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
class FileContentTest {

    private static final byte[] ROWS =
            "text,label\n\u00e4,yes\n".repeat(1000).getBytes(StandardCharsets.UTF_8);

    @Inject OrtuneHome home;

    @Test
    void aContentComesByteForByteAndTellsItsLength() {
        String address = "/v1/files/" + upload() + "/content";
        byte[] content =
                given().get(address)
                        .then()
                        .statusCode(200)
                        .header("Content-Length", Integer.toString(ROWS.length))
                        .contentType("application/octet-stream")
                        .extract()
                        .asByteArray();
        assertThat(content).isEqualTo(ROWS);
        given().head(address)
                .then()
                .statusCode(200)
                .header("Content-Length", Integer.toString(ROWS.length));
    }

    @Test
    void aContentThatIsGoneIsNotWaitedForInVain() throws IOException {
        String id = upload();
        Files.delete(home.directory().resolve("files").resolve(id));
        given().get("/v1/files/" + id + "/content")
                .then()
                .statusCode(404)
                .body("error.code", equalTo("FILE_NOT_FOUND"));
    }

    private static String upload() {
        return given().multiPart("file", "rows.csv", ROWS)
                .multiPart("purpose", "fine-tune")
                .post("/v1/files")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }
}
