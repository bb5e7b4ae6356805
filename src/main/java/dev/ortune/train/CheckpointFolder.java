package dev.ortune.train;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.OrtCheckpointFile;
import dev.ortune.checkpoint.SafetensorsFile;
import dev.ortune.checkpoint.SafetensorsWriter;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.OrtuneException;
import dev.ortune.export.HashedFile;
import dev.ortune.io.AtomicFiles;
import dev.ortune.io.AtomicFolder;
import dev.ortune.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The checkpoints of one run, a folder each: {@code step-<steps>}, or {@code
 * step-<steps>-evaluated} where an epoch has ended. Each appears whole or not at all, and a power
 * failure leaves the newest that was finished.
 *
 * <p>One process at a time has it, from {@link #open} to {@link #close} or its death. Owned by one
 * thread.
 */
public final class CheckpointFolder implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CheckpointFolder.class);
    private static final String PREFIX = "step-";
    private static final String EVALUATED = "-evaluated";
    private static final String DOCUMENT = "checkpoint.json";
    private static final String SESSION = "session.onnx_checkpoint";
    private static final String BEST = "best.safetensors";

    private final Path root;
    private final String fingerprint;
    private final int keepLast;
    private final CheckpointLock lock;

    private CheckpointFolder(
            Path root, String fingerprint, CheckpointPolicy policy, CheckpointLock lock) {
        this.root = root;
        this.fingerprint = fingerprint;
        this.keepLast = policy.keepLast();
        this.lock = lock;
    }

    /**
     * Takes a folder, which need not exist, for one run.
     *
     * @param fingerprint of the run; checkpoints of other runs are refused
     * @throws InvalidInputException {@code CHECKPOINT_IN_USE} when another process has it, {@code
     *     OUTPUT_NOT_WRITABLE}
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}
     */
    public static CheckpointFolder open(Path root, String fingerprint, CheckpointPolicy policy) {
        return new CheckpointFolder(root, fingerprint, policy, CheckpointLock.acquire(root));
    }

    /**
     * The newest checkpoint that can be read whole. Others are passed over and left alone, for what
     * cannot be read now may be read another time; what a killed process left half written is removed.
     *
     * @throws InvalidInputException {@code CHECKPOINT_MISMATCH} when it belongs to another run
     */
    public Optional<Checkpoint> latest() {
        AtomicFolder.deleteDrafts(root);
        for (Path folder : newestFirst()) {
            try {
                return Optional.of(read(folder));
            } catch (IOException e) {
                LOG.warnf("The checkpoint %s is passed over: %s", folder, e.getMessage());
            }
        }
        return Optional.empty();
    }

    /**
     * Saves a run, then drops what need not be kept.
     *
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}
     * @throws InvalidInputException {@code OUTPUT_NOT_WRITABLE}
     */
    void save(RunPoint point) {
        RunState state = point.state();
        Path folder = root.resolve(name(state.progress().step(), point.epochEnded()));
        // One that was passed over gives way.
        AtomicFolder.replace(folder, draft -> write(draft, point));
        dropBefore(folder, state);
    }

    /** Drops them all and gives the folder up: the run is over. */
    public void clear() {
        AtomicFolder.deleteDrafts(root);
        newestFirst().forEach(CheckpointFolder::delete);
        close();
        try {
            Files.deleteIfExists(root);
        } catch (IOException e) {
            LOG.debugf(e, "The folder %s stays", root);
        }
    }

    /** Gives the folder up; its checkpoints stay. */
    @Override
    public void close() {
        lock.close();
    }

    private void write(AtomicFolder.Draft draft, RunPoint point) throws IOException {
        List<String> names = new ArrayList<>(List.of(SESSION));
        point.model().save(draft.directory().resolve(SESSION));
        draft.sync(SESSION);
        Optional<KeptEpoch> best = point.state().best();
        if (best.isPresent()) {
            draft.file(BEST, out -> SafetensorsWriter.write(out, best.get().parameters()));
            names.add(BEST);
        }
        List<HashedFile> files = new ArrayList<>();
        names.forEach(name -> files.add(HashedFile.of(draft.directory().resolve(name))));
        byte[] document =
                CheckpointDocument.of(fingerprint, point.model().runs(), point.state(), files)
                        .toJson();
        draft.file(DOCUMENT, out -> out.write(document));
    }

    private Checkpoint read(Path folder) throws IOException {
        CheckpointDocument document =
                CheckpointDocument.parse(Files.readAllBytes(folder.resolve(DOCUMENT)));
        if (!document.fingerprint().equals(fingerprint)) {
            throw new InvalidInputException(
                    ErrorCode.CHECKPOINT_MISMATCH,
                    folder + " belongs to a run with other data, options or threads.",
                    "Run with those it was started with, or name another checkpoint folder.");
        }
        for (HashedFile file : document.files()) {
            if (!Sha256.of(folder.resolve(file.name())).equals(file.sha256())) {
                throw new IOException(file.name() + " is damaged");
            }
        }
        try {
            return new Checkpoint(
                    document.state(best(folder, document)),
                    OrtCheckpointFile.read(folder.resolve(SESSION)),
                    document.runs());
        } catch (OrtuneException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static List<FloatTensor> best(Path folder, CheckpointDocument document) {
        if (document.bestEpoch().isEmpty()) {
            return List.of();
        }
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(BEST))) {
            return file.names().stream().map(file::read).toList();
        }
    }

    /** Newer ones were passed over: they do not count among those that are kept. */
    private void dropBefore(Path newest, RunState state) {
        Optional<String> ofBest =
                state.best()
                        .flatMap(
                                best ->
                                        state.reports().stream()
                                                .filter(report -> report.epoch() == best.epoch())
                                                .findFirst())
                        .map(report -> name(report.steps(), true));
        newestFirst().stream()
                .filter(folder -> folder.getFileName().compareTo(newest.getFileName()) <= 0)
                .skip(keepLast)
                .filter(folder -> ofBest.filter(folder.getFileName().toString()::equals).isEmpty())
                .forEach(CheckpointFolder::delete);
    }

    private static String name(int steps, boolean evaluated) {
        return String.format("%s%010d%s", PREFIX, steps, evaluated ? EVALUATED : "");
    }

    private List<Path> newestFirst() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(PREFIX))
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(root, e);
        }
    }

    /** The document goes first: what is left of a checkpoint is none. */
    private static void delete(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(DOCUMENT));
            Files.deleteIfExists(folder.resolve(BEST));
            Files.deleteIfExists(folder.resolve(SESSION));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.debugf(e, "The checkpoint %s cannot be deleted", folder);
        }
    }
}
