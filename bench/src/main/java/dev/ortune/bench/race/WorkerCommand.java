package dev.ortune.bench.race;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a worker's process is started.
 *
 * @param side whose worker it is, for messages
 * @param base the base's folder in the form that the worker reads
 * @param arguments the command line
 * @param startRemedy what to try when it cannot be started
 */
record WorkerCommand(String side, Path base, List<String> arguments, String startRemedy) {

    WorkerCommand {
        arguments = List.copyOf(arguments);
    }

    /**
     * Ortune's: this Java with its own options and class path.
     *
     * @param preparedBase the prepared base's folder
     */
    static WorkerCommand ortune(Path preparedBase) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        arguments.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        arguments.add("-cp");
        arguments.add(System.getProperty("java.class.path"));
        arguments.add(OrtuneWorker.class.getName());
        return new WorkerCommand(
                "Ortune", preparedBase, arguments, "Check that JAVA_HOME is a whole JDK.");
    }

    /**
     * PyTorch's.
     *
     * @param base the checkpoint's folder
     */
    static WorkerCommand pytorch(String python, Path script, Path base) {
        return new WorkerCommand(
                "PyTorch",
                base,
                List.of(python, script.toString()),
                "Name a Python that has torch, transformers and peft with --python or"
                        + " ORTUNE_BENCH_PYTHON.");
    }
}
