package dev.ortune.checkpoint;

import java.util.List;

/**
 * What an ONNX Runtime adapter file holds.
 *
 * @param adapterVersion of these parameters, by whoever writes the file; ONNX Runtime only shows it
 * @param modelVersion of the graph that they are for, likewise
 * @param parameters tensors by the names of the graph inputs that they take the place of
 */
public record OrtAdapter(int adapterVersion, int modelVersion, List<FloatTensor> parameters) {

    public OrtAdapter {
        parameters = List.copyOf(parameters);
    }
}
