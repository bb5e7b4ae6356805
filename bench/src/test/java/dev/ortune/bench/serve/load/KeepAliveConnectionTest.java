package dev.ortune.bench.serve.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class KeepAliveConnectionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final byte[] REQUEST = HttpRequest.of("GET", "/");

    @Test
    void answersOfEitherFormFollowEachOtherOnOneConnection() throws Exception {
        String answers =
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst"
                        + "HTTP/1.1 429 Too Many\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3\r\nsec\r\n3\r\nond\r\n0\r\n\r\n"
                        + "HTTP/1.1 204 No Content\r\n\r\n";
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> serving = say(server, answers);
            try (KeepAliveConnection connection =
                    KeepAliveConnection.open(server.getLocalPort(), PATIENCE)) {
                assertThat(connection.send(REQUEST).text()).isEqualTo("first");
                HttpAnswer second = connection.send(REQUEST);
                assertThat(second.status()).isEqualTo(429);
                assertThat(second.text()).isEqualTo("second");
                assertThat(connection.send(REQUEST).status()).isEqualTo(204);
            }
            serving.get();
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNone() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> serving =
                    say(server, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf");
            try (KeepAliveConnection connection =
                    KeepAliveConnection.open(server.getLocalPort(), PATIENCE)) {
                assertThatThrownBy(() -> connection.send(REQUEST)).isInstanceOf(IOException.class);
            }
            serving.get();
        }
    }

    @Test
    void aClientOfNobodyGetsNoAnswer() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        try (HttpClient client = new HttpClient(port, sequence -> new TextRequest(REQUEST, 7))) {
            assertThat(client.ask(0)).isEqualTo(new Work(Work.NO_ANSWER, 1, 7));
        }
    }

    /** Says everything at once; ends its side of the connection when something was asked. */
    private static CompletableFuture<Void> say(ServerSocket server, String answers) {
        return CompletableFuture.runAsync(
                () -> {
                    try (Socket socket = server.accept();
                            OutputStream out = socket.getOutputStream()) {
                        socket.getInputStream().read();
                        out.write(answers.getBytes(StandardCharsets.US_ASCII));
                        out.flush();
                        socket.shutdownOutput();
                        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }
}
