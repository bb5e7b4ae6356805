package dev.ortune.api.rest;

import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Two adapters of a tiny base: one in a folder of models, written by us, and one by PEFT. */
public final class TinyModels implements QuarkusTestResourceLifecycleManager {

    public static final int MAX_UPLOAD_BYTES = 96 << 10;
    public static final int MAX_TEXTS = 4;
    public static final int MAX_CHARACTERS = 200;

    private int grpcPort;

    @Override
    public Map<String, String> start() {
        try {
            Path target = Files.createDirectories(Path.of("target/tiny-models"));
            Path folder = Files.createTempDirectory(target, "run").toAbsolutePath();
            Path base = GoldenCase.base("distilbert-tiny").toAbsolutePath();
            PreparedBase prepared = PreparedBase.create("tiny", base, folder.resolve("base"));
            AdapterFolder.write(
                    folder.resolve("models/reviews"),
                    GoldenAdapter.made(prepared, "distilbert-tiny"));
            grpcPort = FreePort.find();
            String byPeft =
                    GoldenAdapter.named("peft-distilbert").folder().toAbsolutePath().toString();
            return Map.ofEntries(
                    Map.entry("ortune.model-directory", folder.resolve("models").toString()),
                    Map.entry("ortune.models.by-peft", byPeft),
                    Map.entry("ortune.default-model", "reviews"),
                    Map.entry("ortune.base", base.toString()),
                    Map.entry("ortune.home", folder.resolve("home").toString()),
                    Map.entry("ortune.threads", "1"),
                    Map.entry("ortune.max-texts-per-request", Integer.toString(MAX_TEXTS)),
                    Map.entry("ortune.max-text-characters", Integer.toString(MAX_CHARACTERS)),
                    Map.entry("ortune.repository", folder.resolve("published").toString()),
                    Map.entry("ortune.request.max-bytes", "4K"),
                    Map.entry("ortune.upload.max-bytes", MAX_UPLOAD_BYTES / 1024 + "K"),
                    Map.entry("quarkus.http.host", "127.0.0.1"),
                    Map.entry("quarkus.grpc.server.port", Integer.toString(grpcPort)),
                    Map.entry("quarkus.grpc.server.test-port", Integer.toString(grpcPort)),
                    Map.entry("quarkus.grpc.server.max-inbound-message-size", "16384"));
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
