package dev.ortune.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** In a bucket of a real server of S3's protocol. */
class S3ObjectsTest extends ObjectStoreContract {

    private static final String BUCKET = "models";

    @TempDir private static Path serverFolder;
    private static S3Server server;
    private static int tests;

    private S3Client client;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start(serverFolder, BUCKET);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    ObjectStore objects() {
        client = client(server.endpoint(), S3Server.SECRET_KEY);
        tests++;
        return new S3Objects(client, BUCKET, "test-" + tests + "/");
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aStoreThatIsNotThereIsUnavailable() {
        try (S3Client away = client(URI.create("http://127.0.0.1:1"), S3Server.SECRET_KEY)) {
            isUnavailable(new S3Objects(away, BUCKET, ""));
        }
    }

    @Test
    void aStoreWhoseConnectionsBreakOffIsUnavailable() throws Exception {
        Path file = Files.writeString(folder.resolve("content"), "content");
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                S3Client broken =
                        client(
                                URI.create("http://127.0.0.1:" + socket.getLocalPort()),
                                S3Server.SECRET_KEY)) {
            Thread hangingUp = new Thread(() -> hangUp(socket), "hanging-up");
            hangingUp.setDaemon(true);
            hangingUp.start();
            ObjectStore store = new S3Objects(broken, BUCKET, "");
            isUnavailable(store);
            assertThatThrownBy(() -> store.put("a", file))
                    .isInstanceOfSatisfying(
                            UnavailableException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE));
        }
    }

    /** Lets everybody say a little, and answers nobody. */
    private static void hangUp(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                connection.getInputStream().read(new byte[16]);
            } catch (IOException e) {
                // Closed, or given up by the other side.
            }
        }
    }

    @Test
    void aStoreThatRefusesTheCredentialsIsUnavailable() {
        try (S3Client stranger = client(server.endpoint(), "wrong")) {
            isUnavailable(new S3Objects(stranger, BUCKET, ""));
        }
    }

    private void isUnavailable(ObjectStore store) {
        assertThatThrownBy(() -> store.list("a"))
                .isInstanceOfSatisfying(
                        UnavailableException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE))
                .hasMessageContaining("s3://models/");
        assertThatThrownBy(() -> store.fetch("a", folder.resolve("a")))
                .isInstanceOf(UnavailableException.class);
    }

    private static S3Client client(URI endpoint, String secret) {
        return new S3Settings(Optional.of(endpoint), "us-east-1", true)
                .client()
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(S3Server.ACCESS_KEY, secret)))
                .build();
    }
}
