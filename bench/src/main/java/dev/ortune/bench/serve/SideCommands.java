package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.ServerCommand;
import dev.ortune.bench.serve.load.ServiceCommands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How each side is started, all with the same base, the same adapters and the same number of threads.
 *
 * @param service how the packaged service is started
 * @param python a Python with the libraries
 * @param scripts the folder of the Python services
 * @param base the checkpoint
 * @param threads that compute
 * @param peftBatch of the PyTorch service, texts at most
 * @param onnxBatch of the Python ONNX service, likewise
 */
record SideCommands(
        ServiceCommands service,
        String python,
        Path scripts,
        Path base,
        int threads,
        int peftBatch,
        int onnxBatch) {

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
        Map<String, String> settings = new LinkedHashMap<>(more);
        settings.put("ORTUNE_MODEL_DIRECTORY", models.toString());
        return service.command(side.label(), threads, settings);
    }

    private ServerCommand python(
            Side side, int maxBatch, String script, List<Path> adapters, List<String> options) {
        int port = ServiceCommands.freePort();
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
}
