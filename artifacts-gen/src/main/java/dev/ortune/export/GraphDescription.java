package dev.ortune.export;

import dev.ortune.onnx.proto.ModelProto;
import java.util.List;

/**
 * A graph file, as the manifest describes it.
 *
 * @param file its name
 * @param inputs its inputs, in order
 * @param outputs its outputs, in order
 */
public record GraphDescription(String file, List<GraphTensor> inputs, List<GraphTensor> outputs) {

    public GraphDescription {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    static GraphDescription of(String file, ModelProto model) {
        return new GraphDescription(
                file,
                model.getGraph().getInputList().stream().map(GraphTensor::of).toList(),
                model.getGraph().getOutputList().stream().map(GraphTensor::of).toList());
    }
}
