package dev.ortune.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a connection over which a body came that was too large to be read. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
class LargeBodiesTest {

    private static final String CLASSIFY = "/v1/models/reviews/classify";

    /** More than any window of HTTP/2's flow control has room for. */
    private static final int LARGE_BYTES = 200_000;

    private static final int MANY = 20;

    @Test
    void overHttp11TheConnectionIsClosed() throws Exception {
        HttpResponse<String> answer = send(client(Version.HTTP_1_1), LARGE_BYTES);
        isRefused(answer);
        assertThat(answer.headers().firstValue("connection")).hasValue("close");
    }

    @Test
    void overHttp2ItGoesOnAndNoHeaderSpeaksOfIt() throws Exception {
        HttpClient client = client(Version.HTTP_2);
        assertThat(send(client, 1).version()).isEqualTo(Version.HTTP_2);
        for (int time = 0; time < MANY; time++) {
            HttpResponse<String> answer = send(client, LARGE_BYTES);
            assertThat(answer.version()).isEqualTo(Version.HTTP_2);
            isRefused(answer);
            // RFC 9113, section 8.2.2: with one the answer is malformed.
            assertThat(answer.headers().firstValue("connection")).isEmpty();
        }
        assertThat(send(client, 1).statusCode()).isEqualTo(200);
    }

    @Test
    void overHttp2OneThatDoesNotAnnounceItsLengthIsRefusedToo() throws Exception {
        HttpResponse<String> answer =
                unannounced(CLASSIFY, "application/json", new byte[LARGE_BYTES]);
        isRefused(answer);
        assertThat(answer.headers().firstValue("connection")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/models/new/versions, application/zip",
        "/v1/models/new/versions, multipart/form-data; boundary=b",
        "/v1/files, multipart/form-data; boundary=b"
    })
    void overHttp2SoAreUploads(String address, String type) throws Exception {
        byte[] part =
                """
                --b\r
                Content-Disposition: form-data; name="file"; filename="a.zip"\r
                \r
                """
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] body = Arrays.copyOf(part, TinyModels.MAX_UPLOAD_BYTES + (1 << 20));
        HttpResponse<String> answer = unannounced(address, type, body);
        assertThat(answer.headers().firstValue("connection")).isEmpty();
        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 413);
        assertThat(answer.body()).contains("TOO_LARGE");
    }

    /** Sends over a connection of HTTP/2 that others use before and after. */
    private static HttpResponse<String> unannounced(String address, String type, byte[] body)
            throws IOException, InterruptedException {
        HttpClient client = client(Version.HTTP_2);
        assertThat(send(client, 1).version()).isEqualTo(Version.HTTP_2);
        HttpResponse<String> answer =
                client.send(
                        request(address, type)
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(body)))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(Version.HTTP_2);
        assertThat(send(client, 1).statusCode()).isEqualTo(200);
        return answer;
    }

    private static void isRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("\"code\":\"REQUEST_ENTITY_TOO_LARGE\"");
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder().version(version).build();
    }

    private static HttpResponse<String> send(HttpClient client, int textBytes)
            throws IOException, InterruptedException {
        return client.send(
                request(CLASSIFY, "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"text\":\"" + "a".repeat(textBytes) + "\"}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String address, String type) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + address))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", type);
    }
}
