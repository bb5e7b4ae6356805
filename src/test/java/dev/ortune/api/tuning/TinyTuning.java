package dev.ortune.api.tuning;

import dev.ortune.api.rest.FreePort;
import dev.ortune.api.rest.GrpcAddress;
import dev.ortune.golden.GoldenCase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A service without models that trains on a tiny base, in processes of their own. */
public final class TinyTuning implements QuarkusTestResourceLifecycleManager {

    public static final String BASE = "distilbert-tiny";
    public static final int MAX_UPLOAD_BYTES = 4 << 20;

    private int grpcPort;

    @Override
    public Map<String, String> start() {
        try {
            Path target = Files.createDirectories(Path.of("target/tiny-tuning"));
            Path folder = Files.createTempDirectory(target, "run").toAbsolutePath();
            grpcPort = FreePort.find();
            return Map.ofEntries(
                    Map.entry("ortune.bases", GoldenCase.base(BASE).toAbsolutePath().toString()),
                    Map.entry("ortune.home", folder.resolve("home").toString()),
                    Map.entry("ortune.repository", folder.resolve("published").toString()),
                    Map.entry("ortune.threads", "1"),
                    Map.entry("ortune.upload.max-bytes", (MAX_UPLOAD_BYTES >> 20) + "M"),
                    Map.entry("ortune.worker.threads", "1"),
                    Map.entry("ortune.worker.slots", "2"),
                    Map.entry("ortune.worker.poll", "PT0.05S"),
                    Map.entry("ortune.worker.heartbeat", "PT0.1S"),
                    Map.entry("ortune.worker.niceness", "0"),
                    Map.entry("ortune.worker.checkpoint-steps", "5"),
                    Map.entry("quarkus.http.host", "127.0.0.1"),
                    // Of this run, not of a service that was tested before.
                    Map.entry("quarkus.grpc.server.max-inbound-message-size", "10485760"),
                    Map.entry("quarkus.grpc.server.port", Integer.toString(grpcPort)),
                    Map.entry("quarkus.grpc.server.test-port", Integer.toString(grpcPort)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                new GrpcAddress(grpcPort), new TestInjector.MatchesType(GrpcAddress.class));
    }

    @Override
    public void stop() {}
}
