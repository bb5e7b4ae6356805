package dev.ortune.tuning;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How {@code ortune train} is started as a process of its own: as this very program, at a lower
 * priority, so that training takes only what serving leaves.
 *
 * @param command up to the program's own arguments
 * @param home where prepared bases are
 */
public record TrainingProgram(List<String> command, Path home) {

    private static final String SERIAL = "-XX:+UseSerialGC";

    /**
     * Java's second compiler, for loops over whole masks and weights only: whatever else a start runs
     * through is not worth the seconds that the compiler would take from the training's processor.
     */
    private static final List<String> LATE_SECOND_COMPILER =
            List.of(
                    "-XX:Tier4InvocationThreshold=100000",
                    "-XX:Tier4MinInvocationThreshold=50000",
                    "-XX:Tier4CompileThreshold=300000",
                    "-XX:Tier4BackEdgeThreshold=1000000");

    /** An archive of classes is as good for a training as it was for this one; so is Java's silence. */
    private static final List<String> INHERITED =
            List.of(
                    "-XX:AOTCache=",
                    "-Djava.util.logging.manager=",
                    "--sun-misc-unsafe-memory-access=");

    private static final String JAR = "quarkus-run.jar";
    private static final String MAIN = "dev.ortune.cli.OrtuneMain";
    private static final Path NICE = Path.of("/usr/bin/nice");

    public TrainingProgram {
        command = List.copyOf(command);
    }

    /**
     * This program.
     *
     * @param niceness 0 to 19, where the system knows it; the higher, the less training takes
     * @param heap of the training's Java or native executable, as in {@code 512m}
     */
    public static TrainingProgram self(Path home, int niceness, String heap) {
        List<String> command = new ArrayList<>();
        if (niceness > 0 && Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", Integer.toString(niceness)));
        }
        String executable = ProcessHandle.current().info().command().orElse("java");
        command.add(executable);
        command.add("-Xmx" + heap);
        if (System.getProperty("org.graalvm.nativeimage.imagecode") == null) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", SERIAL));
            command.addAll(LATE_SECOND_COMPILER);
            command.addAll(inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()));
            String classPath = System.getProperty("java.class.path");
            if (classPath.endsWith(JAR) && !classPath.contains(File.pathSeparator)) {
                command.addAll(List.of("-jar", classPath));
            } else {
                command.addAll(List.of("-cp", classPath, MAIN));
            }
        }
        return new TrainingProgram(command, home);
    }

    /** Of the arguments of a Java those that its trainings' want as well. */
    static List<String> inherited(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> INHERITED.stream().anyMatch(argument::startsWith))
                .toList();
    }

    /**
     * Starts it.
     *
     * @param log gets what it says to people
     */
    Process start(List<String> arguments, Path log) throws IOException {
        List<String> whole = new ArrayList<>();
        for (String word : command) {
            whole.add(word);
            if (word.equals(SERIAL)) {
                // What crashes in native code leaves its report with the job, wherever it runs.
                whole.add("-XX:ErrorFile=" + log.resolveSibling("crash.log"));
            }
        }
        whole.add("train");
        whole.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(whole)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("ORTUNE_HOME", home.toString());
        return builder.start();
    }
}
