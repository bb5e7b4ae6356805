package dev.ortune.adapter;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.error.InvalidInputException;
import dev.ortune.io.AtomicFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An adapter on disk, which is a PEFT adapter folder (huggingface/peft, {@code
 * developer_guides/checkpoint.md}): {@code adapter_config.json} and {@code
 * adapter_model.safetensors}, and beside them what a classifier needs to be used.
 */
public final class AdapterFolder {

    static final String TOKENIZER = "tokenizer.json";

    private static final String CLASSIFIER_WEIGHT = "classifier.weight";
    private static final String LORA_A = ".lora_A.weight";

    private AdapterFolder() {}

    /** Whether a folder looks like an adapter. */
    public static boolean isAdapter(Path folder) {
        return Files.isRegularFile(folder.resolve(AdapterConfigFile.NAME));
    }

    /**
     * Reads any LoRA adapter of a sequence classifier that PEFT or Ortune wrote; all files but
     * PEFT's two may be missing.
     *
     * @throws InvalidInputException {@code ADAPTER_FORMAT} when a file is missing, malformed or asks
     *     for an unsupported option, {@code SAFETENSORS_FORMAT} when the weights are damaged
     */
    public static StoredAdapter read(Path folder) {
        try (AdapterTensors tensors = tensors(folder)) {
            AdapterOutline outline = outline(folder, tensors.shapes());
            return new StoredAdapter(
                    folder,
                    new Adapter(outline.config(), outline.labels(), tensors.readAll()),
                    TokenizerConfigFile.readLimits(folder),
                    Optional.of(folder.resolve(TOKENIZER)).filter(Files::isRegularFile),
                    Provenance.read(folder));
        }
    }

    /**
     * Opens an adapter of that kind without reading its values.
     *
     * @throws InvalidInputException as {@link #read}
     */
    public static OpenAdapter open(Path folder) {
        AdapterTensors tensors = tensors(folder);
        try {
            return new OpenAdapter(outline(folder, tensors.shapes()), tensors);
        } catch (RuntimeException e) {
            tensors.close();
            throw e;
        }
    }

    /**
     * Writes a folder whole or not at all.
     *
     * @param folder must not exist, or be empty
     * @throws InvalidInputException {@code OUTPUT_EXISTS}, {@code OUTPUT_NOT_WRITABLE}
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}
     */
    public static void write(Path folder, NewAdapter adapter) {
        AtomicFolder.write(folder, new AdapterFiles(adapter)::writeTo);
    }

    /**
     * Writes a folder, in place of an adapter that is there.
     *
     * @param folder must be an adapter, be empty, or not exist
     * @throws InvalidInputException {@code OUTPUT_EXISTS}, {@code OUTPUT_NOT_WRITABLE}
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}
     */
    public static void replace(Path folder, NewAdapter adapter) {
        if (!isAdapter(folder)) {
            AtomicFolder.requireFree(folder);
        }
        AtomicFolder.replace(folder, new AdapterFiles(adapter)::writeTo);
    }

    /**
     * Refuses a target that {@link #write} would refuse, before a run has cost its time.
     *
     * @throws InvalidInputException {@code OUTPUT_EXISTS}
     */
    public static void requireFree(Path folder) {
        AtomicFolder.requireFree(folder);
    }

    private static AdapterTensors tensors(Path folder) {
        if (!isAdapter(folder)) {
            throw AdapterFault.inFile(
                    folder,
                    Files.isDirectory(folder)
                            ? "it has no " + AdapterConfigFile.NAME
                            : "there is no such folder",
                    "Give the folder that PEFT's save_pretrained or ortune train wrote.");
        }
        return AdapterTensors.open(folder);
    }

    private static AdapterOutline outline(Path folder, Map<String, TensorShape> shapes) {
        return new AdapterOutline(
                AdapterConfigFile.read(
                        folder.resolve(AdapterConfigFile.NAME), adaptedModules(shapes.keySet())),
                ClassifierConfigFile.readLabels(folder, labelCount(folder, shapes)),
                shapes);
    }

    private static Set<String> adaptedModules(Set<String> tensors) {
        return tensors.stream()
                .filter(name -> name.endsWith(LORA_A))
                .map(name -> name.substring(0, name.length() - LORA_A.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int labelCount(Path folder, Map<String, TensorShape> shapes) {
        return Optional.ofNullable(shapes.get(CLASSIFIER_WEIGHT))
                .filter(shape -> shape.dimensions().size() == 2)
                .map(shape -> Math.toIntExact(shape.dimensions().get(0)))
                .orElseThrow(
                        () ->
                                AdapterFault.inFile(
                                        folder.resolve(AdapterTensors.NAME),
                                        "it has no matrix " + CLASSIFIER_WEIGHT,
                                        "Use an adapter of a sequence classifier."));
    }
}
