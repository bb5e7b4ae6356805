package dev.ortune.cli;

import dev.ortune.base.BaseModel;
import dev.ortune.base.BundledBase;
import dev.ortune.error.OrtuneException;
import dev.ortune.export.PreparedBase;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.tokenizer.TextTokenizer;
import dev.ortune.tokenizer.TruncationSide;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Looks at everything that training and serving need, by trying it. */
final class MachineCheckup {

    private static final long GIBIBYTE = 1L << 30;
    private static final long WANTED_MEMORY_BYTES = 3 * GIBIBYTE;
    private static final long WANTED_DISK_BYTES = GIBIBYTE;
    private static final int OLDEST_JAVA = 17;

    private final Workshop workshop;

    MachineCheckup(Workshop workshop) {
        this.workshop = workshop;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(processors());
        findings.add(memory());
        findings.addAll(cacheFolder());
        findings.addAll(runtime());
        findings.add(attempt("bundled base", this::bundledBase));
        findings.add(attempt("tokenizer", this::tokenizer));
        return findings;
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        String detail = System.getProperty("java.vm.name") + " " + Runtime.version();
        return feature >= OLDEST_JAVA
                ? Finding.fine("Java", detail)
                : Finding.missing("Java", detail, "Install a JDK 17 or newer and set JAVA_HOME.");
    }

    private static Finding processors() {
        int count = Runtime.getRuntime().availableProcessors();
        String detail =
                count
                        + " ("
                        + System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.arch")
                        + ")";
        return count > 1
                ? Finding.fine("processors", detail)
                : Finding.warning(
                        "processors", detail, "Training works on one processor, but slowly.");
    }

    private static Finding memory() {
        long bytes =
                ManagementFactory.getOperatingSystemMXBean()
                                instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : Runtime.getRuntime().maxMemory();
        String detail = gibibytes(bytes);
        return bytes >= WANTED_MEMORY_BYTES
                ? Finding.fine("memory", detail)
                : Finding.warning(
                        "memory",
                        detail + ", training takes up to " + gibibytes(WANTED_MEMORY_BYTES),
                        "Use shorter texts (--max-length 128) and --batch-size 2.");
    }

    private List<Finding> cacheFolder() {
        Path folder = workshop.home().directory();
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "doctor", ""));
            long free = Files.getFileStore(folder).getUsableSpace();
            String detail = folder + ", " + gibibytes(free) + " free";
            return List.of(
                    free >= WANTED_DISK_BYTES
                            ? Finding.fine("cache folder", detail)
                            : Finding.warning(
                                    "cache folder",
                                    detail,
                                    "Free a gigabyte, or set ORTUNE_HOME."));
        } catch (IOException e) {
            return List.of(
                    Finding.missing(
                            "cache folder",
                            folder + " is not writable",
                            "Set ORTUNE_HOME to a folder that you may write to."));
        }
    }

    private static List<Finding> runtime() {
        List<Finding> findings = new ArrayList<>();
        try (OrtRuntime runtime = OrtRuntime.open(1)) {
            findings.add(
                    Finding.fine("ONNX Runtime", runtime.version() + " with the training API"));
            findings.addAll(DeviceFindings.of(runtime.deviceStates()));
        } catch (OrtuneException e) {
            findings.add(Finding.missing("ONNX Runtime", e.getMessage(), e.remedy()));
        }
        return findings;
    }

    private Finding bundledBase() {
        BaseModel base = new BundledBase(workshop.home()).unpack();
        return Finding.fine("bundled base", base.name() + " in " + base.directory());
    }

    private Finding tokenizer() {
        PreparedBase prepared =
                workshop.preparedBases().prepare(new BundledBase(workshop.home()).unpack());
        try (TextTokenizer tokenizer = TextTokenizer.of(prepared.tokenizerFile())) {
            int tokens = tokenizer.encode("It was good.", 16, TruncationSide.RIGHT).length;
            return Finding.fine("tokenizer", "Hugging Face tokenizers, " + tokens + " tokens");
        }
    }

    private static Finding attempt(String subject, Supplier<Finding> check) {
        try {
            return check.get();
        } catch (OrtuneException e) {
            return Finding.missing(subject, e.getMessage(), e.remedy());
        }
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIBIBYTE);
    }
}
