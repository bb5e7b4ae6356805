package dev.ortune.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.cli.RunningService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service is asked by clients that nobody here wrote: tools/clients/README.md. */
class ForeignClientsIT {

    private static final Path SCRIPT = Path.of("../tools/clients/foreign_clients.py");
    private static final Path PROTO = Path.of("main/proto/open_inference_grpc.proto");
    private static final long LONGEST_SECONDS = 120;

    @TempDir private Path folder;

    @Test
    void pythonsGrpcAndPlainHttpFindWhatTheProtocolsPromise() throws Exception {
        PythonWithGrpc.Search search = PythonWithGrpc.find();
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
}
