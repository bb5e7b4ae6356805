package dev.ortune.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests on which Quarkus's own readers fail are their senders' fault. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
class UnreadableRequestsTest {

    private static final String FORM = "multipart/form-data; boundary=b";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/fine_tuning/jobs/none/metrics | ;",
                "/v1/fine_tuning/jobs/none/events | /",
                "/v1/fine_tuning/jobs/none/metrics | nothing",
                "/v1/fine_tuning/jobs/none/events | a/b/c"
            })
    void aContentTypeThatIsNoneIsNotSupported(String address, String type) throws Exception {
        HttpResponse<String> answer = send("GET", address, type, "x");
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("\"code\":\"UNSUPPORTED_MEDIA_TYPE\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: form-data; name=\"purpose\"\r\nContent-Type: nothing",
                "Content-Disposition: form-data; name=\"purpose\"\r\n"
                        + "Content-Type: text/plain; charset=x-none",
                "Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''%zz"
            })
    void aFormWithAPartThatCannotBeReadIsRefused(String headers) throws Exception {
        HttpResponse<String> answer =
                send("POST", "/v1/files", FORM, "--b\r\n" + headers + "\r\n\r\nx\r\n--b--\r\n");
        isRefusedForm(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=", FORM + "; charset=x-none"})
    void aFormOfATypeThatCannotBeReadIsRefused(String type) throws Exception {
        String body =
                "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nx\r\n--b--\r\n";
        isRefusedForm(send("POST", "/v1/files", type, body));
    }

    private static void isRefusedForm(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body())
                .contains("\"error\":")
                .contains("\"code\":\"BAD_REQUEST\"")
                .contains("The form cannot be read.");
    }

    private static HttpResponse<String> send(
            String method, String address, String type, String body)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:" + RestAssured.port + address))
                                .header("Content-Type", type)
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }
}
