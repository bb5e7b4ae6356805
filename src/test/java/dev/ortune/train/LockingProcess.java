package dev.ortune.train;

import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that takes the lock on a folder of checkpoints. */
final class LockingProcess {

    private static final String HELD = "held";

    private LockingProcess() {}

    /** Holds the lock until it is killed; has it when this returns. */
    static Process holding(Path folder) throws IOException {
        Process process = start("hold", folder, "1");
        byte[] word = process.getInputStream().readNBytes(HELD.length());
        if (!new String(word, StandardCharsets.US_ASCII).equals(HELD)) {
            process.destroyForcibly();
            throw new IOException("the process did not get the lock");
        }
        return process;
    }

    /** Takes and gives back the lock so often; fails where another holds it at the same time. */
    static Process cycling(Path folder, int times) throws IOException {
        return start("cycle", folder, Integer.toString(times));
    }

    private static Process start(String what, Path folder, String times) throws IOException {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-classpath",
                                System.getProperty("java.class.path"),
                                LockingProcess.class.getName(),
                                what,
                                folder.toString(),
                                times))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Runs in the other process. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "hold" -> hold(folder);
            case "cycle" -> cycle(folder, Integer.parseInt(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void hold(Path folder) throws InterruptedException {
        CheckpointLock lock = CheckpointLock.acquire(folder);
        System.out.print(HELD);
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
        lock.close();
    }

    private static void cycle(Path folder, int times) throws IOException {
        Path inside = folder.resolveSibling("inside");
        int done = 0;
        while (done < times) {
            try {
                CheckpointLock lock = CheckpointLock.acquire(folder);
                Files.createFile(inside);
                Files.delete(inside);
                lock.close();
                done++;
            } catch (InvalidInputException e) {
                Thread.onSpinWait();
            }
            // As a run that has ended removes its folder.
            folder.toFile().delete();
        }
    }
}
