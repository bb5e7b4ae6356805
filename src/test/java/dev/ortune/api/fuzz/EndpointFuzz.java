package dev.ortune.api.fuzz;

import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.api.fuzz.ApiDocument.Operation;
import dev.ortune.repository.archive.TestArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Asks a service with {@code TinyModels} whatever its OpenAPI document lets one think of. */
final class EndpointFuzz {

    private static final Path ADAPTER = GoldenAdapter.named("peft-distilbert").folder();

    private final FuzzRun run;
    private final Draw draw;
    private final KnownNames names = new KnownNames();
    private final RequestDraw requests;

    EndpointFuzz(FuzzRun run, Draw draw) throws IOException {
        this.run = run;
        this.draw = draw;
        this.requests = new RequestDraw(run.document(), names, draw, files(), archives());
        for (String models : List.of("/v1/models", "/v2/models", "/v2/repository/models")) {
            List.of("reviews", "by-peft", "published").forEach(name -> names.add(models, name));
        }
        for (String versions :
                List.of("/v1/models/{model}/versions", "/v2/models/{model}/versions")) {
            List.of("1", "default").forEach(name -> names.add(versions, name));
        }
        List.of("prod", "default").forEach(name -> names.add("/v1/models/{model}/aliases", name));
        names.add("/v1/fine_tuning/models", "distilbert-tiny");
        names.add("/v1/tenants", "acme");
    }

    /**
     * Asks; what was wrong is the run's.
     *
     * @param between is done after every tenth request
     */
    void run(long count, Runnable between) throws IOException {
        for (long number = 1; number <= count; number++) {
            Operation operation = draw.of(run.document().operations());
            RawAnswer answer = run.ask(operation, requests.next(operation));
            if (answer.status() / 100 == 2) {
                AnswerRules.parsed(answer).ifPresent(body -> names.harvest(operation.path(), body));
            }
            if (number % 10 == 0) {
                between.run();
            }
        }
    }

    private static List<byte[]> archives() {
        TestArchive archive = new TestArchive().withFolder("", ADAPTER);
        List<byte[]> archives = new ArrayList<>();
        for (TestArchive.Kind kind : TestArchive.Kind.values()) {
            archives.add(archive.bytes(kind));
        }
        archives.add(new TestArchive().with("../outside", "a").bytes(TestArchive.Kind.ZIP));
        return archives;
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
