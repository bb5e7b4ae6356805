package dev.ortune.bench.startup;

import dev.ortune.bench.serve.load.ServerCommand;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.UnavailableException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** An archive of the classes that the service has loaded once it is ready, as {@code ./ortune} makes it. */
final class ClassArchive {

    private static final int FIRST_JAVA = 25;

    private ClassArchive() {}

    /** Whether this Java can make one. */
    static boolean isPossible() {
        return Runtime.version().feature() >= FIRST_JAVA;
    }

    /**
     * Makes one: has the service start and end.
     *
     * @param jar starts the service
     * @param log where its output goes
     * @return starts the service with it
     */
    static ServerCommand record(ServerCommand jar, Path archive, Path log) {
        try {
            ServerCommand command = onOnePath(jar, "-XX:AOTCacheOutput=" + archive);
            List<String> arguments = new ArrayList<>(command.arguments());
            arguments.add("--until-ready");
            ProcessBuilder builder =
                    new ProcessBuilder(arguments)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            builder.environment().putAll(command.environment());
            int exitCode = builder.start().waitFor();
            if (exitCode != 0 || !Files.exists(archive)) {
                throw new UnavailableException(
                        ErrorCode.RUNTIME_UNAVAILABLE,
                        "Java made no archive of classes; its output is in " + log + ".",
                        command.startRemedy());
            }
            return onOnePath(jar, "-XX:AOTCache=" + archive);
        } catch (IOException e) {
            throw new InternalException("Java could not be started.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The benchmark was interrupted.", e);
        }
    }

    /** All classes on one path, as an archive wants them. */
    private static ServerCommand onOnePath(ServerCommand jar, String option) throws IOException {
        List<String> arguments = new ArrayList<>();
        for (Iterator<String> words = jar.arguments().iterator(); words.hasNext(); ) {
            String word = words.next();
            if (word.equals("-jar")) {
                Path folder = Path.of(words.next()).getParent();
                arguments.addAll(List.of(option, "--add-opens=java.base/java.lang=ALL-UNNAMED"));
                arguments.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
                arguments.addAll(List.of("-cp", classPath(folder), "dev.ortune.cli.OrtuneMain"));
            } else {
                arguments.add(word);
            }
        }
        return new ServerCommand(
                jar.name(),
                arguments,
                jar.environment(),
                jar.port(),
                jar.healthPath(),
                jar.startRemedy());
    }

    private static String classPath(Path folder) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String part : List.of("quarkus", "app", "lib/boot", "lib/main")) {
            try (Stream<Path> files = Files.list(folder.resolve(part))) {
                files.map(Path::toString)
                        .filter(name -> name.endsWith(".jar"))
                        .sorted()
                        .forEach(jars::add);
            }
        }
        return String.join(File.pathSeparator, jars);
    }
}
