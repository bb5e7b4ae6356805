package dev.ortune.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attempts against a real server. */
@Timeout(60)
class WebhookClientTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:06.789Z");
    private static final String BODY =
            "{\"id\":\"evt_a\",\"object\":\"event\",\"created_at\":1767323045,"
                    + "\"type\":\"fine_tuning.job.succeeded\",\"data\":{\"id\":\"ftjob-\u00fc\"}}";
    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String OTHER_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private Receiver receiver;

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void exactlyTheSpecificationsRequestIsSent() throws Exception {
        String url = receiver.answering("/hooks", 200);
        assertThat(client(15).send(delivery(url + "?team=red", SECRET)).isSuccess()).isTrue();
        Receiver.Received sent = receiver.to("/hooks").get(0);
        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.target()).isEqualTo("/hooks?team=red");
        assertThat(sent.body()).isEqualTo(BODY);
        assertThat(sent.header("Content-Type")).isEqualTo("application/json");
        assertThat(sent.header("User-Agent")).isEqualTo("ortune");
        assertThat(sent.header("webhook-id")).isEqualTo("msg_b");
        assertThat(sent.header("webhook-timestamp")).isEqualTo("1767323046");
        // As Python computes it (WebhookSecretTest).
        assertThat(sent.header("webhook-signature"))
                .isEqualTo("v1,wWx5w01B14ABenCKJSj326c5Gqq3Ns2Gts/cmCDjCSE=");
        assertThat(sent.headers().keySet())
                .allMatch(
                        name ->
                                List.of(
                                                "content-type",
                                                "content-length",
                                                "user-agent",
                                                "host",
                                                "connection",
                                                "webhook-id",
                                                "webhook-timestamp",
                                                "webhook-signature")
                                        .contains(name.toLowerCase(Locale.ROOT)));
    }

    @Test
    void everySecretSigns() throws Exception {
        String url = receiver.answering("/hooks", 200);
        client(15).send(delivery(url, SECRET, OTHER_SECRET));
        assertThat(receiver.to("/hooks").get(0).header("webhook-signature"))
                .matches("v1,wWx5w01B14ABenCKJSj326c5Gqq3Ns2Gts/cmCDjCSE= v1,[A-Za-z0-9+/]{43}=");
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        receiver.answering("/target", 200);
        String url =
                receiver.at(
                        "/hooks",
                        (exchange, number) -> {
                            exchange.getResponseHeaders().add("Location", "/target");
                            exchange.sendResponseHeaders(307, -1);
                            exchange.close();
                        });
        Reply reply = client(15).send(delivery(url, SECRET));
        assertThat(reply.isSuccess()).isFalse();
        assertThat(reply.error())
                .isEqualTo("The endpoint answered 307; redirects are not followed.");
        assertThat(receiver.to("/target")).isEmpty();
    }

    @Test
    void privateAddressesAreNotEvenConnectedTo() throws Exception {
        receiver.answering("/hooks", 200);
        for (String host : List.of("127.0.0.1", "localhost", "2130706433")) {
            Reply reply =
                    new WebhookClient(TargetPolicy.publicOnly(), () -> NOW, Duration.ofSeconds(15))
                            .send(
                                    delivery(
                                            "http://" + host + ":" + receiver.port() + "/hooks",
                                            SECRET));
            assertThat(reply.error()).contains("not of the open internet");
            assertThat(reply.answered()).isEmpty();
        }
        assertThat(receiver.to("/hooks")).isEmpty();
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedForLonger() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        String url =
                receiver.at(
                        "/hooks",
                        (exchange, number) -> {
                            try {
                                over.await();
                            } catch (InterruptedException e) {
                                throw new IOException(e);
                            }
                        });
        long start = System.nanoTime();
        Reply reply = client(1).send(delivery(url, SECRET));
        over.countDown();
        assertThat(reply.error()).isEqualTo("There was no answer within 1 s.");
        assertThat(reply.asksForRest()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(10));
    }

    @Test
    void anEndlessAnswerHoldsNobodyUp() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        String url =
                receiver.at(
                        "/hooks",
                        (exchange, number) -> {
                            exchange.sendResponseHeaders(200, 0);
                            try (OutputStream out = exchange.getResponseBody()) {
                                while (true) {
                                    out.write(new byte[10_000]);
                                }
                            } catch (IOException e) {
                                hungUp.countDown();
                            }
                        });
        assertThat(client(15).send(delivery(url, SECRET)).isSuccess()).isTrue();
        hungUp.await();
    }

    @Test
    void whatIsWrongIsSaidInASentence() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        assertThat(error("http://127.0.0.1:" + closed)).isEqualTo("No connection could be made.");
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answerInPlainText(plain));
            answering.start();
            assertThat(error("https://127.0.0.1:" + plain.getLocalPort()))
                    .startsWith("No secure connection could be made: ");
            answering.join();
        }
        assertThat(error("http://no-such-host.invalid/"))
                .isEqualTo("The url's host has no address.");
        assertThat(error(receiver.at("/broken", (exchange, number) -> exchange.close())))
                .isEqualTo("The connection broke off.");
    }

    @Test
    void anEndpointsOwnWaitIsRead() throws Exception {
        String url =
                receiver.at(
                        "/hooks",
                        (exchange, number) -> {
                            exchange.getResponseHeaders().add("Retry-After", "120");
                            exchange.sendResponseHeaders(503, -1);
                            exchange.close();
                        });
        assertThat(client(15).send(delivery(url, SECRET)))
                .isEqualTo(new Reply.Answer(503, Optional.of(Duration.ofMinutes(2))));
    }

    private static void answerInPlainText(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            // Closed before the greeting is read, the socket would reset the connection instead.
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String error(String url) throws InterruptedException {
        return client(15).send(delivery(url, SECRET)).error();
    }

    private static WebhookClient client(int timeoutSeconds) {
        return new WebhookClient(
                TargetPolicy.allowPrivateAddresses(),
                () -> NOW,
                Duration.ofSeconds(timeoutSeconds));
    }

    private static ClaimedDelivery delivery(String url, String... secrets) {
        return new ClaimedDelivery(
                "msg_b",
                "we_a",
                URI.create(url),
                BODY,
                0,
                List.of(secrets).stream().map(WebhookSecret::parse).toList(),
                "token",
                NOW.plusSeconds(60));
    }
}
