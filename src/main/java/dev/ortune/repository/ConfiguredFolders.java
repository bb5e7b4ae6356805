package dev.ortune.repository;

import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.StoredAdapter;
import dev.ortune.error.InternalException;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.UnavailableException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The adapter folders that the operator names, as models of all tenants that cannot be changed. */
public final class ConfiguredFolders {

    private final AdapterRepository repository;
    private final KnownBases bases;

    public ConfiguredFolders(AdapterRepository repository, KnownBases bases) {
        this.repository = repository;
        this.bases = bases;
    }

    /**
     * Checks every folder and adds it; its base becomes known by it, and is downloaded if need be.
     *
     * @param folders adapter folders by model name
     * @throws OrtuneException the first fault, with the model's name before its message
     */
    public void mount(Map<String, Path> folders) {
        new TreeMap<>(folders).forEach(this::mount);
    }

    private void mount(String name, Path folder) {
        try {
            StoredAdapter stored = AdapterFolder.read(folder);
            KnownBase base = bases.matchOrAdd(stored);
            repository.mount(
                    name,
                    folder.toAbsolutePath().normalize(),
                    AdapterInspection.inspect(stored, base));
        } catch (OrtuneException e) {
            throw named(name, e);
        }
    }

    private static OrtuneException named(String model, OrtuneException fault) {
        String message = "The model \"" + model + "\" cannot be served: " + fault.getMessage();
        if (fault instanceof UnavailableException) {
            return new UnavailableException(fault.code(), message, fault.remedy(), fault);
        }
        if (fault instanceof InvalidInputException) {
            return new InvalidInputException(fault.code(), message, fault.remedy(), fault);
        }
        return new InternalException(message, fault);
    }
}
