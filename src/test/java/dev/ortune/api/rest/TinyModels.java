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

    static final int MAX_TEXTS = 4;
    static final int MAX_CHARACTERS = 200;

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
            return Map.of(
                    "ortune.model-directory", folder.resolve("models").toString(),
                    "ortune.models.by-peft",
                            GoldenAdapter.named("peft-distilbert")
                                    .folder()
                                    .toAbsolutePath()
                                    .toString(),
                    "ortune.base", base.toString(),
                    "ortune.home", folder.resolve("home").toString(),
                    "ortune.threads", "1",
                    "ortune.max-texts-per-request", Integer.toString(MAX_TEXTS),
                    "ortune.max-text-characters", Integer.toString(MAX_CHARACTERS),
                    "quarkus.http.limits.max-body-size", "4K",
                    "quarkus.http.host", "127.0.0.1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}
}
