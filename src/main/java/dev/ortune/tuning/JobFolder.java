package dev.ortune.tuning;

import dev.ortune.file.StoredFile;
import dev.ortune.io.AtomicFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a job has its files while it is worked on.
 *
 * @param folder its own
 */
record JobFolder(Path folder) {

    private static final Pattern EXTENSION =
            Pattern.compile("(\\.[a-z]{1,8})?\\.[a-z]{1,8}$", Pattern.CASE_INSENSITIVE);

    /** The folder of a job by its id, which came from the database. */
    static JobFolder of(Path root, String jobId) {
        return new JobFolder(root.toAbsolutePath().normalize().resolve(jobId));
    }

    /** The options of the training, for {@code ortune train --recipe}. */
    Path recipe() {
        return folder.resolve("recipe.json");
    }

    Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /** The adapter, there once it is whole. */
    Path adapter() {
        return folder.resolve("adapter");
    }

    /** Adapters of epochs, a folder each. */
    Path epochs() {
        return folder.resolve("epochs");
    }

    /** Has the model's name once it is published: nothing else is needed then. */
    Path published() {
        return folder.resolve("published");
    }

    /** What trainings have told of themselves so far, a JSON object a line. */
    Path news() {
        return folder.resolve("news.jsonl");
    }

    /** What the training process said to people. */
    Path log() {
        return folder.resolve("training.log");
    }

    /**
     * A name for a file's rows of which their format can be told; free, in a folder that exists.
     *
     * @param role as in {@code training}
     */
    Path rows(String role, StoredFile file) {
        Matcher extension = EXTENSION.matcher(file.name().toLowerCase(Locale.ROOT));
        Path named = folder.resolve(role + (extension.find() ? extension.group() : ""));
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(named);
            return named;
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(named, e);
        }
    }

    /** Deletes what a published job has no more use for. */
    void clear() {
        for (Path path : List.of(checkpoints(), epochs(), adapter(), news())) {
            deleteTree(path);
        }
    }

    /** Deletes everything. */
    void delete() {
        deleteTree(folder);
    }

    /** Deletes a folder with all that is in it, or a file. */
    static void deleteTree(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(path, e);
        }
    }

    /** Messages without the folder's place. */
    String withoutPlace(String message) {
        return message.replace(folder + File.separator, "")
                .replace(folder.toString(), "the job's folder");
    }
}
