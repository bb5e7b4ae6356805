package dev.ortune.adapter;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
        if (!isAdapter(folder)) {
            throw AdapterFault.inFile(
                    folder,
                    Files.isDirectory(folder)
                            ? "it has no " + AdapterConfigFile.NAME
                            : "there is no such folder",
                    "Give the folder that PEFT's save_pretrained or ortune train wrote.");
        }
        List<FloatTensor> parameters = AdapterTensors.read(folder);
        AdapterConfig config =
                AdapterConfigFile.read(
                        folder.resolve(AdapterConfigFile.NAME), adaptedModules(parameters));
        LabelScheme labels =
                ClassifierConfigFile.readLabels(folder, labelCount(folder, parameters));
        return new StoredAdapter(
                folder,
                new Adapter(config, labels, parameters),
                TokenizerConfigFile.readLimits(folder),
                Optional.of(folder.resolve(TOKENIZER)).filter(Files::isRegularFile),
                Provenance.read(folder));
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

    private static Set<String> adaptedModules(List<FloatTensor> parameters) {
        Set<String> modules = new TreeSet<>();
        for (FloatTensor parameter : parameters) {
            if (parameter.name().endsWith(LORA_A)) {
                modules.add(
                        parameter.name().substring(0, parameter.name().length() - LORA_A.length()));
            }
        }
        return modules;
    }

    private static int labelCount(Path folder, List<FloatTensor> parameters) {
        return parameters.stream()
                .filter(tensor -> tensor.name().equals(CLASSIFIER_WEIGHT))
                .filter(tensor -> tensor.shape().dimensions().size() == 2)
                .map(tensor -> Math.toIntExact(tensor.shape().dimensions().get(0)))
                .findFirst()
                .orElseThrow(
                        () ->
                                AdapterFault.inFile(
                                        folder.resolve(AdapterTensors.NAME),
                                        "it has no matrix " + CLASSIFIER_WEIGHT,
                                        "Use an adapter of a sequence classifier."));
    }
}
