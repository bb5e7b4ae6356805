package dev.ortune.checkpoint;

import java.util.List;

/**
 * What an ONNX Runtime training checkpoint holds.
 *
 * @param trainableParameters the parameters that require a gradient, in the file's order
 * @param frozenParameters those that do not; empty in the files that Ortune writes
 * @param optimizerGroups optimizer states; empty before the first step
 * @param properties user properties
 */
public record OrtCheckpoint(
        List<FloatTensor> trainableParameters,
        List<FloatTensor> frozenParameters,
        List<OptimizerGroup> optimizerGroups,
        PropertyBag properties) {

    public OrtCheckpoint {
        trainableParameters = List.copyOf(trainableParameters);
        frozenParameters = List.copyOf(frozenParameters);
        optimizerGroups = List.copyOf(optimizerGroups);
    }

    /** A checkpoint of parameters only, as training starts from. */
    public static OrtCheckpoint ofTrainable(List<FloatTensor> trainableParameters) {
        return new OrtCheckpoint(trainableParameters, List.of(), List.of(), PropertyBag.EMPTY);
    }
}
