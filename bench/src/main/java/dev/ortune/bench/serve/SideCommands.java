package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.ServerCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How each side is started, all with the same base, the same adapters and the same number of threads.
 *
 * @param serviceJar the packaged service
 * @param javaOptions of the service
 * @param settings environment variables of the service
 * @param python a Python with the libraries
 * @param scripts the folder of the Python services
 * @param base the checkpoint
 * @param threads that compute
 * @param peftBatch of the PyTorch service, texts at most
 * @param onnxBatch of the Python ONNX service, likewise
 */
record SideCommands(
        Path serviceJar,
        List<String> javaOptions,
        Map<String, String> settings,
        String python,
        Path scripts,
        Path base,
        int threads,
        int peftBatch,
        int onnxBatch) {

    /** As {@code ./ortune serve} has them. */
    private static final List<String> LAUNCHER_OPTIONS =
            List.of(
                    "-XX:MinHeapFreeRatio=20",
                    "-XX:MaxHeapFreeRatio=40",
                    "-XX:TieredStopAtLevel=1");

    private static final Map<String, String> LAUNCHER_ENVIRONMENT =
            Map.of("MALLOC_MMAP_THRESHOLD_", "1048576");

    SideCommands {
        javaOptions = List.copyOf(javaOptions);
        settings = Map.copyOf(settings);
    }

    /**
     * A server's command.
     *
     * @param adapters folders in one folder, at least one
     * @param more settings of the service alone
     */
    ServerCommand command(Side side, List<Path> adapters, Map<String, String> more) {
        return switch (side) {
            case ORTUNE -> ortune(side, adapters.get(0).getParent(), more);
            case ORTUNE_INT8 -> {
                Map<String, String> inEightBits = new LinkedHashMap<>(more);
                inEightBits.put("ORTUNE_PRECISION", "int8");
                yield ortune(side, adapters.get(0).getParent(), inEightBits);
            }
            case PEFT -> python(side, peftBatch, "peft_server.py", adapters, List.of());
            case PEFT_MERGED ->
                    python(side, peftBatch, "peft_server.py", adapters, List.of("--merge"));
            case ONNX -> python(side, onnxBatch, "onnx_server.py", adapters, List.of());
            case ONNX_PLAIN ->
                    python(side, onnxBatch, "onnx_server.py", adapters, List.of("--plain"));
        };
    }

    private ServerCommand ortune(Side side, Path models, Map<String, String> more) {
        int port = freePort();
        List<String> arguments = new ArrayList<>();
        arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        arguments.add("--enable-native-access=ALL-UNNAMED");
        arguments.addAll(LAUNCHER_OPTIONS);
        arguments.addAll(javaOptions);
        arguments.addAll(List.of("-jar", serviceJar.toString(), "serve"));
        arguments.addAll(List.of("--port", Integer.toString(port)));
        arguments.addAll(List.of("--threads", Integer.toString(threads)));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.putAll(LAUNCHER_ENVIRONMENT);
        environment.put("ORTUNE_MODEL_DIRECTORY", models.toString());
        environment.put("QUARKUS_GRPC_SERVER_PORT", Integer.toString(freePort()));
        environment.putAll(settings);
        environment.putAll(more);
        return new ServerCommand(
                side.label(),
                arguments,
                environment,
                port,
                "/q/health/ready",
                "Try ./ortune serve with the same settings.");
    }

    private ServerCommand python(
            Side side, int maxBatch, String script, List<Path> adapters, List<String> options) {
        int port = freePort();
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of(python, scripts.resolve(script).toString()));
        arguments.addAll(List.of("--base", base.toString()));
        adapters.forEach(adapter -> arguments.addAll(List.of("--adapter", adapter.toString())));
        arguments.addAll(List.of("--labels", String.join(",", RandomAdapters.LABELS)));
        arguments.addAll(List.of("--threads", Integer.toString(threads)));
        arguments.addAll(List.of("--port", Integer.toString(port)));
        arguments.addAll(List.of("--max-batch", Integer.toString(maxBatch)));
        arguments.addAll(options);
        return new ServerCommand(
                side.label(),
                arguments,
                // The tokenizers' own pool: it works while the model's waits.
                Map.of("RAYON_NUM_THREADS", Integer.toString(threads)),
                port,
                "/health",
                "Name a Python that has what bench/README.md lists with --python or"
                        + " ORTUNE_BENCH_PYTHON.");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
