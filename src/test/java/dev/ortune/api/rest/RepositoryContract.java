package dev.ortune.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.repository.archive.TestArchive;
import dev.ortune.repository.archive.TestArchive.Kind;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What publishers may rely on; run against the application in the tests' JVM and as packaged. */
abstract class RepositoryContract {

    private static final Path PEFT = GoldenAdapter.named("peft-distilbert").folder();
    private static final Path OURS = GoldenAdapter.named("ortune-distilbert").folder();
    private static final String MODEL = "/v1/models/published";
    private static final String VERSIONS = MODEL + "/versions";

    @AfterEach
    void deleteWhatWasPublished() {
        given().delete(MODEL);
    }

    @ParameterizedTest
    @CsvSource({
        "ZIP, application/zip",
        "TAR, application/x-tar",
        "TAR_GZ, application/gzip",
        "TAR_GZ, application/octet-stream",
    })
    void anArchiveBecomesTheNextVersion(Kind kind, String type) {
        upload(new TestArchive().withFolder("", OURS).bytes(kind), type)
                .statusCode(201)
                .header("Location", containsString(VERSIONS + "/1"))
                .body("model", equalTo("published"))
                .body("version", equalTo("1"))
                .body("aliases", contains("default"))
                .body("base", equalTo("distilbert-tiny"))
                .body("labels", contains("negative", "positive", "so | so"))
                .body("problem_type", equalTo("single_label"))
                .body("max_tokens", equalTo(20))
                .body("truncation_side", equalTo("left"))
                .body("rank", equalTo(2))
                .body("published", containsString("T"));
        upload(zip(), "application/zip").statusCode(201).body("version", equalTo("2"));
    }

    @Test
    void filesMayComeAsAForm() throws IOException {
        RequestSpecification form = given();
        try (Stream<Path> files = Files.list(PEFT)) {
            for (Path file : files.toList()) {
                form.multiPart("files", file.toFile());
            }
        }
        form.post(VERSIONS).then().statusCode(201).body("rank", equalTo(4));
    }

    @Test
    void anArchiveMayComeInAForm() {
        given().multiPart("file", "adapter.zip", zip())
                .post(VERSIONS)
                .then()
                .statusCode(201)
                .body("rank", equalTo(4));
    }

    @Test
    void theModelHasItsVersionsAndAliases() {
        upload(zip(), "application/zip").statusCode(201);
        upload("?alias=prod&activate=false", zip(), "application/zip")
                .statusCode(201)
                .body("aliases", contains("prod"));
        given().get(MODEL)
                .then()
                .statusCode(200)
                .body("name", equalTo("published"))
                .body("read_only", equalTo(false))
                .body("versions.version", contains("1", "2"))
                .body("aliases.default.version", equalTo("1"))
                .body("aliases.prod.version", equalTo("2"))
                .body("aliases.prod.history.version", contains("2"));
        given().get(VERSIONS + "/prod").then().statusCode(200).body("version", equalTo("2"));
    }

    @Test
    void anAliasMovesAndRollsBack() {
        upload("?alias=prod", zip(), "application/zip").statusCode(201);
        upload(zip(), "application/zip").statusCode(201);
        putAlias("prod", "{\"version\": \"2\"}")
                .statusCode(200)
                .body("aliases.prod.version", equalTo("2"))
                .body("aliases.prod.history.version", contains("1", "2"));
        rollBack("prod").statusCode(200).body("aliases.prod.version", equalTo("1"));
        problem(rollBack("prod"), 404, "VERSION_NOT_FOUND");
        problem(given().delete(VERSIONS + "/1").then(), 409, "VERSION_IN_USE");
        given().delete(MODEL + "/aliases/prod").then().statusCode(204);
        given().delete(VERSIONS + "/1").then().statusCode(204);
        problem(given().get(VERSIONS + "/1").then(), 404, "VERSION_NOT_FOUND");
        problem(given().delete(MODEL + "/aliases/prod").then(), 404, "ALIAS_NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "prod;'{\"version\": \"7\"}';404;VERSION_NOT_FOUND",
                "prod;'{\"version\": \"staging\"}';404;ALIAS_NOT_FOUND",
                "prod;'{}';400;INVALID_REQUEST",
                "prod;'{\"version\": 1}';400;INVALID_REQUEST",
                "prod;'';400;INVALID_REQUEST",
                "prod;'{\"version\": \"../1\"}';400;INVALID_REQUEST",
                "5;'{\"version\": \"1\"}';400;INVALID_REQUEST",
            })
    void anAliasThatCannotBeMovedIsTold(String alias, String body, int status, String code) {
        upload(zip(), "application/zip").statusCode(201);
        problem(putAlias(alias, body), status, code);
    }

    @Test
    void aVersionIsExportedAsItWasPublished() throws IOException {
        upload(new TestArchive().withFolder("", OURS).zip(), "application/zip").statusCode(201);
        byte[] zip =
                given().get(VERSIONS + "/default/export?format=peft")
                        .then()
                        .statusCode(200)
                        .contentType("application/zip")
                        .header("Content-Disposition", containsString("published-1.zip"))
                        .extract()
                        .asByteArray();
        Map<String, byte[]> files = unzipped(zip);
        assertThat(files).hasSize(7);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assertThat(OURS.resolve(file.getKey())).hasBinaryContent(file.getValue());
        }
        for (String format : List.of("onnx_adapter", "onnx")) {
            byte[] content =
                    given().get(VERSIONS + "/1/export?format=" + format)
                            .then()
                            .statusCode(200)
                            .contentType("application/octet-stream")
                            .header("Content-Disposition", containsString("published-1." + format))
                            .extract()
                            .asByteArray();
            assertThat(content.length).as(format).isGreaterThan(1000);
        }
        problem(given().get(VERSIONS + "/1/export?format=pickle").then(), 400, "INVALID_REQUEST")
                .body("remedy", containsString("format=peft"));
    }

    @Test
    void aConfiguredModelIsShownAndCannotBeChanged() {
        given().get("/v1/models/by-peft")
                .then()
                .statusCode(200)
                .body("read_only", equalTo(true))
                .body("versions.version", contains("1"));
        problem(given().delete("/v1/models/by-peft").then(), 409, "MODEL_READ_ONLY");
        problem(
                given().contentType("application/zip")
                        .body(zip())
                        .post("/v1/models/by-peft/versions")
                        .then(),
                409,
                "MODEL_READ_ONLY");
        given().get("/v1/models/by-peft/versions/1/export").then().statusCode(200);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        problem(given().get("/v1/models/nothing").then(), 404, "MODEL_NOT_FOUND");
        problem(given().delete("/v1/models/nothing").then(), 404, "MODEL_NOT_FOUND");
        problem(given().get("/v1/models/nothing/versions/1").then(), 404, "MODEL_NOT_FOUND");
        problem(given().get("/v1/models/nothing/versions/1/export").then(), 404, "MODEL_NOT_FOUND");
    }

    @Test
    void whatIsNoAdapterIsRefused() {
        problem(upload(new byte[] {1, 2, 3}, "application/zip"), 400, "ARCHIVE_FORMAT");
        problem(upload(new byte[0], "application/zip"), 400, "ARCHIVE_FORMAT");
        problem(
                        upload(
                                new TestArchive()
                                        .with("adapter_config.json", "{}")
                                        .with("../../evil", "x")
                                        .zip(),
                                "application/zip"),
                        400,
                        "ARCHIVE_FORMAT")
                .body("detail", containsString("../../evil"));
        problem(
                        upload(
                                new TestArchive().with("adapter_config.json", "{}").zip(),
                                "application/zip"),
                        400,
                        "ADAPTER_FORMAT")
                .body("detail", not(containsString("/")));
        problem(upload(zip(), "text/plain"), 415, "UNSUPPORTED_MEDIA_TYPE");
        problem(given().get(MODEL).then(), 404, "MODEL_NOT_FOUND");
    }

    @Test
    void anUnknownBaseIsRefusedWithTheKnownOnes() {
        problem(upload("?base=some/other", zip(), "application/zip"), 400, "BASE_NOT_FOUND")
                .body("remedy", containsString("distilbert-tiny"));
    }

    @ParameterizedTest
    @CsvSource({"..", "a b", "-a", "%2e%2e", "a%2Fb", "é"})
    void aNameThatIsNoModelsIsRefused(String name) {
        int status =
                given().urlEncodingEnabled(false)
                        .contentType("application/zip")
                        .body(zip())
                        .post("/v1/models/" + name.replace(" ", "%20") + "/versions")
                        .statusCode();
        assertThat(status).isIn(400, 404, 405);
    }

    @Test
    void anUploadBeyondTheLimitIsRefused() throws Exception {
        byte[] large = new byte[TinyModels.MAX_UPLOAD_BYTES + 1];
        problem(upload(large, "application/zip"), 413, "ARCHIVE_TOO_LARGE");
        HttpResponse<String> response = sentInChunks(VERSIONS, "application/zip", large);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("ARCHIVE_TOO_LARGE");
    }

    @Test
    void anUploadWithinTheLimitNeedNotAnnounceItsLength() throws Exception {
        byte[] large = zipOf(TinyModels.MAX_UPLOAD_BYTES - 20_000);
        assertThat(large.length).isGreaterThan(4096);
        HttpResponse<String> response = sentInChunks(VERSIONS, "application/zip", large);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    @Test
    void aFormBeyondTheLimitIsRefused() {
        byte[] large = new byte[TinyModels.MAX_UPLOAD_BYTES + 1];
        given().multiPart("file", "adapter.zip", large).post(VERSIONS).then().statusCode(413);
        given().get(MODEL).then().statusCode(404);
    }

    @Test
    void otherAddressesKeepTheirSmallLimit() {
        problem(
                given().contentType(ContentType.JSON)
                        .body("{\"version\": \"" + "a".repeat(5000) + "\"}")
                        .put(MODEL + "/aliases/prod")
                        .then(),
                413,
                "REQUEST_ENTITY_TOO_LARGE");
    }

    @Test
    void theOpenApiDocumentDescribesTheRepository() {
        given().accept(ContentType.JSON)
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body(
                        "paths.'/v1/models/{model}/versions'.post.operationId",
                        equalTo("publishVersion"))
                .body(
                        "paths.'/v1/models/{model}/versions'.post.requestBody.content.keySet()",
                        hasItems("application/zip", "multipart/form-data"))
                .body(
                        "paths.'/v1/models/{model}/versions'.post.parameters.name",
                        hasItems("model", "activate", "alias", "base"))
                .body(
                        "paths.'/v1/models/{model}/aliases/{alias}'.put.operationId",
                        equalTo("moveAlias"))
                .body("components.schemas.ModelVersion.properties.max_tokens", not(nullValue()));
    }

    private static byte[] zip() {
        return new TestArchive().withFolder("peft/", PEFT).zip();
    }

    /** An adapter with some file beside it that does not compress. */
    private static byte[] zipOf(int ballast) {
        byte[] noise = new byte[ballast];
        new Random(1).nextBytes(noise);
        return new TestArchive().withFolder("", PEFT).with("noise.bin", noise).zip();
    }

    private static ValidatableResponse upload(byte[] body, String type) {
        return upload("", body, type);
    }

    private static ValidatableResponse upload(String query, byte[] body, String type) {
        return given().config(
                        RestAssured.config()
                                .encoderConfig(
                                        EncoderConfig.encoderConfig()
                                                .appendDefaultContentCharsetToContentTypeIfUndefined(
                                                        false)))
                .contentType(type)
                .body(body)
                .post(VERSIONS + query)
                .then();
    }

    private static ValidatableResponse putAlias(String alias, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .put(MODEL + "/aliases/" + alias)
                .then();
    }

    private static ValidatableResponse rollBack(String alias) {
        return given().post(MODEL + "/aliases/" + alias + "/rollback").then();
    }

    private static HttpResponse<String> sentInChunks(String path, String type, byte[] body)
            throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Content-Type", type)
                        .POST(
                                HttpRequest.BodyPublishers.ofInputStream(
                                        () -> new ByteArrayInputStream(body)))
                        .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, byte[]> unzipped(byte[] content) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static ValidatableResponse problem(
            ValidatableResponse response, int status, String code) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("code", equalTo(code))
                .body("detail", not(nullValue()))
                .body("remedy", not(nullValue()));
    }
}
