package dev.ortune.api.fuzz;

import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.repository.archive.TestArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a run begins with: adapters that could be published, and what {@code TinyModels} serves. */
final class FuzzSeeds {

    private static final Path ADAPTER = GoldenAdapter.named("peft-distilbert").folder();

    private FuzzSeeds() {}

    static EndpointFuzz fuzz(int port, long seed) throws IOException {
        TestArchive archive = new TestArchive().withFolder("", ADAPTER);
        List<byte[]> archives = new ArrayList<>();
        for (TestArchive.Kind kind : TestArchive.Kind.values()) {
            archives.add(archive.bytes(kind));
        }
        archives.add(new TestArchive().with("../outside", "a").bytes(TestArchive.Kind.ZIP));
        KnownNames names = new KnownNames();
        for (String models : List.of("/v1/models", "/v2/models", "/v2/repository/models")) {
            names.add(models, "reviews");
            names.add(models, "by-peft");
            names.add(models, "published");
        }
        for (String versions :
                List.of("/v1/models/{model}/versions", "/v2/models/{model}/versions")) {
            names.add(versions, "1");
            names.add(versions, "default");
        }
        names.add("/v1/models/{model}/aliases", "prod");
        names.add("/v1/models/{model}/aliases", "default");
        names.add("/v1/fine_tuning/models", "distilbert-tiny");
        names.add("/v1/tenants", "acme");
        return new EndpointFuzz(port, seed, files(), archives, names);
    }

    private static List<RowsDraw.File> files() throws IOException {
        try (Stream<Path> listed = Files.list(ADAPTER)) {
            List<RowsDraw.File> files = new ArrayList<>();
            for (Path file : listed.sorted().toList()) {
                files.add(
                        new RowsDraw.File(file.getFileName().toString(), Files.readAllBytes(file)));
            }
            return files;
        }
    }
}
