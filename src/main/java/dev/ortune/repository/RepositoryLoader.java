package dev.ortune.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Reads what a repository holds from its small files; a model or a version that is damaged is logged
 * and left out. For one thread, before any other sees the repository.
 */
final class RepositoryLoader {

    private static final Logger LOG = Logger.getLogger(RepositoryLoader.class);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private final RepositoryFolder folder;
    private final boolean mayClean;

    /**
     * A loader.
     *
     * @param mayClean whether what killed processes left is to be deleted
     */
    RepositoryLoader(RepositoryFolder folder, boolean mayClean) {
        this.folder = folder;
        this.mayClean = mayClean;
    }

    /** The models, by name. */
    Map<ModelName, PublishedModel> load() {
        if (mayClean) {
            folder.deleteDrafts();
        }
        Map<ModelName, PublishedModel> models = new HashMap<>();
        for (Path modelFolder : folder.modelFolders()) {
            model(modelFolder).ifPresent(model -> models.put(model.name(), model));
        }
        return models;
    }

    private Optional<PublishedModel> model(Path modelFolder) {
        try {
            ModelName name = ModelName.ofQualified(fileName(modelFolder));
            ModelDocument document =
                    RepositoryJson.read(
                            modelFolder.resolve(ModelDocument.FILE), ModelDocument.class);
            if (document.formatVersion() != ModelDocument.FORMAT_VERSION) {
                throw new IOException("its format is " + document.formatVersion());
            }
            List<PublishedVersion> versions = versions(modelFolder, name, document);
            if (mayClean) {
                deleteRemainders(modelFolder, document);
            }
            return Optional.of(model(name, document, versions));
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "The model in %s is left out: it is damaged", modelFolder);
            return Optional.empty();
        }
    }

    private static PublishedModel model(
            ModelName name, ModelDocument document, List<PublishedVersion> versions)
            throws IOException {
        if (versions.isEmpty()) {
            throw new IOException("it has no version that can be read");
        }
        List<Integer> numbers = versions.stream().map(PublishedVersion::number).toList();
        int greatest = numbers.get(numbers.size() - 1);
        Map<String, AliasHistory> aliases = new HashMap<>(document.aliasesAmong(numbers));
        aliases.computeIfAbsent(
                PublishedModel.DEFAULT,
                missing ->
                        AliasHistory.of(
                                greatest, versions.get(versions.size() - 1).record().published()));
        return new PublishedModel(
                name, false, Math.max(document.nextVersion(), greatest + 1), versions, aliases);
    }

    private static List<PublishedVersion> versions(
            Path modelFolder, ModelName name, ModelDocument document) {
        List<PublishedVersion> versions = new ArrayList<>();
        for (int number : document.versions().stream().distinct().sorted().toList()) {
            Path versionFolder = modelFolder.resolve(Integer.toString(number));
            try {
                VersionRecord record = RepositoryFolder.readRecord(versionFolder);
                versions.add(
                        new PublishedVersion(
                                name, number, versionFolder, record, FolderSource.OWN));
            } catch (IOException e) {
                LOG.errorf(e, "The version in %s is left out: it is damaged", versionFolder);
            }
        }
        return versions;
    }

    /** Folders of versions that were never finished, or that are deleted already. */
    private static void deleteRemainders(Path modelFolder, ModelDocument document)
            throws IOException {
        try (Stream<Path> entries = Files.list(modelFolder)) {
            for (Path entry : entries.toList()) {
                String name = fileName(entry);
                boolean listed =
                        document.versions().stream()
                                .map(number -> Integer.toString(number))
                                .anyMatch(name::equals);
                boolean unfinished = name.startsWith("." + ModelDocument.FILE);
                if (unfinished || (NUMBER.matcher(name).matches() && !listed)) {
                    LOG.infof("Deleting %s, which a change left behind", entry);
                    Folders.deleteQuietly(entry);
                }
            }
        }
    }

    private static String fileName(Path path) {
        return path.getFileName().toString();
    }
}
