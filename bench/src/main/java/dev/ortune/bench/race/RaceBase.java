package dev.ortune.bench.race;

import dev.ortune.base.BaseModel;
import dev.ortune.base.BaseModelResolver;
import dev.ortune.base.BundledBase;
import dev.ortune.base.DownloadProgress;
import dev.ortune.base.HubSettings;
import dev.ortune.base.OrtuneHome;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.export.PreparedBase;
import dev.ortune.export.PreparedBases;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A base in the two forms that the sides read.
 *
 * @param model the checkpoint, which PyTorch reads
 * @param prepared its weights as Ortune's sessions map them
 */
public record RaceBase(BaseModel model, PreparedBase prepared) {

    /**
     * Finds a base.
     *
     * @param name a folder or a name as {@code ortune train} takes it; empty for random weights
     * @throws InvalidInputException {@code BASE_NOT_FOUND} when there is none, or none that PyTorch
     *     can read
     */
    public static RaceBase find(Optional<String> name, Map<String, String> environment) {
        OrtuneHome home = OrtuneHome.fromEnvironment(environment);
        BaseModel model =
                new BaseModelResolver(
                                HubSettings.fromEnvironment(environment),
                                new BundledBase(home),
                                DownloadProgress.silent())
                        .resolve(
                                name.orElseGet(
                                        () -> new RandomDistilBert(home).folder().toString()));
        requireReadableByPyTorch(model);
        return new RaceBase(
                model, new PreparedBases(home.directory().resolve("prepared")).prepare(model));
    }

    private static void requireReadableByPyTorch(BaseModel model) {
        boolean readable =
                Stream.of("model.safetensors", "model.safetensors.index.json")
                        .anyMatch(file -> Files.isRegularFile(model.directory().resolve(file)));
        if (!readable) {
            throw new InvalidInputException(
                    ErrorCode.BASE_NOT_FOUND,
                    "PyTorch cannot read the base "
                            + model.name()
                            + ": "
                            + model.directory()
                            + " has no model.safetensors.",
                    "Name another folder with --base, or leave it out for random weights.");
        }
    }
}
