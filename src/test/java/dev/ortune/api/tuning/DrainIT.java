package dev.ortune.api.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc;
import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.ortune.api.grpc.proto.InferTensorContents;
import dev.ortune.api.grpc.proto.ModelInferRequest;
import dev.ortune.api.rest.GrpcAddress;
import dev.ortune.cli.RunningService;
import dev.ortune.golden.GoldenCase;
import io.grpc.ManagedChannel;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of two replicas is told to end, under load and as the manifests in deploy/k8s have it. */
class DrainIT {

    private static final Duration DELAY = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int CLIENTS_OF_A_KIND = 4;
    private static final int SIGTERM_EXIT = 128 + 15;
    private static final String CLASSIFY = "/v1/models/reviews/classify";
    private static final String TEXT = "{\"text\": \"good\"}";
    private static final String ROWS =
            ("{\"text\":\"it was good\",\"label\":\"positive\"}\n"
                            + "{\"text\":\"it was bad\",\"label\":\"negative\"}\n")
                    .repeat(20);

    private final AtomicInteger answers = new AtomicInteger();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean isOver;
    private RunningService ending;
    private RunningService staying;

    @TempDir private Path folder;

    @BeforeEach
    void start() throws Exception {
        Map<String, String> settings =
                Map.of(
                        "quarkus.shutdown.delay", DELAY.toString(),
                        "quarkus.shutdown.timeout", TIMEOUT.toString(),
                        "ortune.role", "serve",
                        "ortune.bases",
                                GoldenCase.base("distilbert-tiny").toAbsolutePath().toString());
        ending = RunningService.start(Files.createDirectory(folder.resolve("ending")), settings);
        staying = RunningService.start(Files.createDirectory(folder.resolve("staying")), settings);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        for (RunningService service : new RunningService[] {ending, staying}) {
            if (service != null) {
                service.process().destroyForcibly();
            }
        }
    }

    @Test
    void noRequestIsLost() throws Exception {
        List<Future<?>> clients = new ArrayList<>();
        try (KubernetesService service = new KubernetesService(List.of(ending, staying))) {
            for (int i = 0; i < CLIENTS_OF_A_KIND; i++) {
                clients.add(client("HTTP/1.1", () -> overHttp(service.httpPort())));
                clients.add(client("HTTP/2", () -> overHttp2(service.httpPort())));
                clients.add(client("gRPC", () -> overGrpc(service.grpcPort())));
                clients.add(client("gRPC", () -> overGrpc(service.grpcPort())));
            }
            awaitLoad();
            int before = answers.get();
            ending.process().destroy();
            assertThat(ending.process().waitFor(DELAY.plus(TIMEOUT).toSeconds(), TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
            assertThat(ending.process().exitValue()).isIn(0, SIGTERM_EXIT);
            Thread.sleep(1000);
            isOver = true;
            for (Future<?> client : clients) {
                client.get();
            }
            assertThat(faults).isEmpty();
            assertThat(answers.get()).isGreaterThan(before);
        }
        assertThat(ending.log()).doesNotContain("ERROR");
    }

    @Test
    void whoListensToAJobIsLetGoAtOnce() throws Exception {
        RestTuningClient client = new RestTuningClient(ending.http().getPort(), Optional.empty());
        String file = client.upload("reviews.jsonl", ROWS);
        String job =
                client.create(
                                "{\"model\":\"distilbert-tiny\",\"training_file\":\""
                                        + file
                                        + "\"}",
                                Optional.empty())
                        .id();
        CompletableFuture<List<?>> events =
                CompletableFuture.supplyAsync(() -> client.follow(job), threads);
        Thread.sleep(1000);
        assertThat(events).isNotDone();
        ending.process().destroy();
        assertThat(events.get(DELAY.toMillis(), TimeUnit.MILLISECONDS)).isNotEmpty();
        assertThat(ending.process().waitFor(DELAY.toSeconds() + 5, TimeUnit.SECONDS))
                .as("ended without having waited for it")
                .isTrue();
    }

    /** Asks until it is over. */
    private Future<?> client(String kind, Callable<Request> opener) {
        return threads.submit(
                () -> {
                    try (Request request = opener.call()) {
                        while (!isOver) {
                            send(kind, request);
                        }
                    }
                    return null;
                });
    }

    /** However slow the machine, and the first answers. */
    private void awaitLoad() throws InterruptedException {
        for (int i = 0; i < 300 && answers.get() < 10 * CLIENTS_OF_A_KIND; i++) {
            Thread.sleep(100);
        }
        assertThat(answers).hasValueGreaterThanOrEqualTo(10 * CLIENTS_OF_A_KIND);
    }

    private void send(String kind, Request request) throws InterruptedException {
        try {
            request.send();
            answers.incrementAndGet();
        } catch (Exception | AssertionError e) {
            faults.add(kind + ": " + e);
            // Whoever has one fault is not to have a thousand.
            Thread.sleep(200);
        }
    }

    /** Something that is asked over and over, over a connection that is kept. */
    private interface Request extends AutoCloseable {

        void send() throws Exception;

        @Override
        void close();
    }

    private static Request overHttp(int port) {
        HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + CLASSIFY))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(TEXT))
                        .build();
        return new Request() {
            @Override
            public void send() throws Exception {
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }

            @Override
            public void close() {
                // Its connections go with it.
            }
        };
    }

    /**
     * By Apache's client: Java's own of JDK 17 and Vert.x's give up requests under way when a server says
     * GOAWAY. It may find that its connection has gone before it has sent anything, and says so: only
     * then it is asked again.
     */
    private static Request overHttp2(int port) {
        CloseableHttpAsyncClient client = HttpAsyncClients.createHttp2Default();
        client.start();
        SimpleHttpRequest request =
                SimpleRequestBuilder.post("http://127.0.0.1:" + port + CLASSIFY)
                        .setBody(TEXT, ContentType.APPLICATION_JSON)
                        .build();
        return new Request() {
            @Override
            public void send() throws Exception {
                SimpleHttpResponse answer = execute();
                assertThat(answer.getVersion()).isEqualTo(HttpVersion.HTTP_2);
                assertThat(answer.getCode()).as(answer.getBodyText()).isEqualTo(200);
            }

            private SimpleHttpResponse execute() throws Exception {
                while (true) {
                    try {
                        return client.execute(request, null).get();
                    } catch (ExecutionException e) {
                        if (!(e.getCause() instanceof RequestNotExecutedException)) {
                            throw e;
                        }
                    }
                }
            }

            @Override
            public void close() {
                client.close(CloseMode.IMMEDIATE);
            }
        };
    }

    private static Request overGrpc(int port) {
        ManagedChannel channel = new GrpcAddress(port).open();
        GRPCInferenceServiceBlockingStub client = GRPCInferenceServiceGrpc.newBlockingStub(channel);
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("reviews");
        request.addInputsBuilder()
                .setName("text")
                .setDatatype("BYTES")
                .addShape(1)
                .setContents(
                        InferTensorContents.newBuilder()
                                .addBytesContents(ByteString.copyFromUtf8("good")));
        return new Request() {
            @Override
            public void send() {
                client.modelInfer(request.build());
            }

            @Override
            public void close() {
                channel.shutdownNow();
            }
        };
    }
}
