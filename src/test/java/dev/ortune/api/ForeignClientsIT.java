package dev.ortune.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.cli.RunningService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packaged service is asked by clients that nobody here wrote: tools/clients/README.md. */
class ForeignClientsIT {

    private static final Path SCRIPT = Path.of("../tools/clients/foreign_clients.py");
    private static final Path OPENAI_SCRIPT = Path.of("../tools/clients/openai_client.py");
    private static final Path PROTO = Path.of("main/proto/open_inference_grpc.proto");
    private static final long LONGEST_SECONDS = 120;

    @TempDir private Path folder;

    @Test
    void pythonsGrpcAndPlainHttpFindWhatTheProtocolsPromise() throws Exception {
        PythonPackages.Search search = PythonPackages.GRPC.find();
        Assumptions.assumeTrue(search.interpreter().isPresent(), search.reason());
        Path output = folder.resolve("clients.txt");
        try (RunningService service = RunningService.start(folder)) {
            Process clients =
                    new ProcessBuilder(
                                    search.interpreter().get(),
                                    SCRIPT.toString(),
                                    "--proto",
                                    PROTO.toString(),
                                    "--http",
                                    service.http().toString(),
                                    "--grpc",
                                    "127.0.0.1:" + service.grpc().port())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            try {
                assertThat(clients.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                        .as("the clients ended in time")
                        .isTrue();
                assertThat(clients.exitValue())
                        .as(Files.readString(output) + service.log())
                        .isZero();
            } finally {
                clients.destroyForcibly();
            }
        }
        assertThat(Files.readString(output)).contains("all as expected");
    }

    @ParameterizedTest
    @EnumSource(
            value = PythonPackages.class,
            names = {"OPENAI_2", "OPENAI_3"})
    void openAisOwnClientFineTunesAndAsks(PythonPackages openAi) throws Exception {
        PythonPackages.Search search = openAi.find();
        Assumptions.assumeTrue(search.interpreter().isPresent(), search.reason());
        Path output = folder.resolve("openai.txt");
        try (RunningService service = RunningService.start(folder)) {
            Process client =
                    new ProcessBuilder(
                                    search.interpreter().get(),
                                    OPENAI_SCRIPT.toString(),
                                    "--http",
                                    service.http().toString(),
                                    "--base",
                                    "distilbert-tiny")
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            try {
                assertThat(client.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                        .as("the client ended in time")
                        .isTrue();
                assertThat(client.exitValue())
                        .as(Files.readString(output) + service.log())
                        .isZero();
            } finally {
                client.destroyForcibly();
            }
        }
        assertThat(Files.readString(output)).contains("all as expected");
    }
}
