package dev.ortune.export;

import dev.ortune.checkpoint.TensorSource;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.ModelFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds a model's tensors in a checkpoint under the names that checkpoints in the wild use: with or
 * without the encoder's prefix, and with TensorFlow's {@code gamma} and {@code beta} for layer
 * normalization.
 */
final class SourceTensors {

    private final TensorSource source;
    private final String encoderPrefix;

    SourceTensors(TensorSource source, ModelFamily family) {
        this.source = source;
        this.encoderPrefix = family.encoderModule() + ".";
    }

    /** The name under which the checkpoint holds a tensor of the model. */
    Optional<String> find(String name) {
        return candidates(name).stream().filter(source.names()::contains).findFirst();
    }

    /**
     * As {@link #find}, for a tensor that must be there.
     *
     * @throws InvalidInputException {@code BASE_MISSING_TENSOR}
     */
    String require(String name) {
        return find(name)
                .orElseThrow(
                        () ->
                                new InvalidInputException(
                                        ErrorCode.BASE_MISSING_TENSOR,
                                        "The checkpoint has no tensor \"" + name + "\".",
                                        "Use a complete checkpoint whose config.json belongs to"
                                                + " it."));
    }

    private List<String> candidates(String name) {
        List<String> names = new ArrayList<>();
        addWithOldForm(names, name);
        if (name.startsWith(encoderPrefix)) {
            addWithOldForm(names, name.substring(encoderPrefix.length()));
        }
        return names;
    }

    private static void addWithOldForm(List<String> names, String name) {
        names.add(name);
        if (name.contains("LayerNorm") || name.contains("layer_norm")) {
            names.add(name.replaceFirst("\\.weight$", ".gamma").replaceFirst("\\.bias$", ".beta"));
        }
    }
}
