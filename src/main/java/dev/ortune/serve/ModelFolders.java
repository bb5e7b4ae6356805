package dev.ortune.serve;

import dev.ortune.adapter.AdapterFolder;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The adapter folders that the configuration names, one by one or by their common folder. */
final class ModelFolders {

    private ModelFolders() {}

    /**
     * Adapter folders by model name.
     *
     * @throws InvalidInputException {@code INVALID_OPTION}, naming the property
     */
    static SortedMap<String, Path> of(ServeConfiguration configuration) {
        SortedMap<String, Path> folders = new TreeMap<>();
        configuration.modelDirectory().ifPresent(directory -> addAll(folders, directory));
        for (Map.Entry<String, Path> entry : configuration.models().entrySet()) {
            Path other = folders.put(entry.getKey(), entry.getValue());
            if (other != null) {
                throw invalid(
                        "ortune.models."
                                + entry.getKey()
                                + " names a model that ortune.model-directory holds too: "
                                + other
                                + ".",
                        "Give the two models different names.");
            }
        }
        return folders;
    }

    private static void addAll(Map<String, Path> folders, Path directory) {
        if (!Files.isDirectory(directory)) {
            throw invalid(
                    "ortune.model-directory is " + directory + ", which is no folder.",
                    "Set it to a folder whose sub-folders are adapters.");
        }
        try (Stream<Path> entries = Files.list(directory)) {
            entries.filter(AdapterFolder::isAdapter)
                    // A hidden folder is one that is still being written.
                    .filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .forEach(entry -> folders.put(entry.getFileName().toString(), entry));
        } catch (IOException e) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "ortune.model-directory " + directory + " cannot be listed: " + e + ".",
                    "Let the service read the folder.",
                    e);
        }
    }

    private static InvalidInputException invalid(String message, String remedy) {
        return new InvalidInputException(ErrorCode.INVALID_OPTION, message, remedy);
    }
}
