package dev.ortune.bench.jobs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The processors that this process may use, where a program can be given one of them: on Linux, by {@code
 * taskset}.
 *
 * @param numbers as the system has them; empty where none can be given
 */
record Cores(List<Integer> numbers) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";
    private static final String TASKSET = "taskset";

    Cores {
        numbers = List.copyOf(numbers);
    }

    static Cores read() {
        if (!hasTaskset()) {
            return new Cores(List.of());
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(ALLOWED))
                    .findFirst()
                    .map(line -> of(line.substring(ALLOWED.length()).trim()))
                    .orElse(new Cores(List.of()));
        } catch (IOException e) {
            return new Cores(List.of());
        }
    }

    /** From the system's words, such as {@code 0-3,8}. */
    static Cores of(String ranges) {
        return new Cores(
                Stream.of(ranges.split(","))
                        .map(range -> range.split("-"))
                        .flatMapToInt(
                                ends ->
                                        IntStream.rangeClosed(
                                                Integer.parseInt(ends[0]),
                                                Integer.parseInt(ends[ends.length - 1])))
                        .boxed()
                        .toList());
    }

    /** What a command is started by to have one of them for itself; nothing where there is none. */
    List<String> one(int index) {
        return index < numbers.size()
                ? List.of(TASKSET, "-c", Integer.toString(numbers.get(index)))
                : List.of();
    }

    private static boolean hasTaskset() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, TASKSET)));
    }
}
