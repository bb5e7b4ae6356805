package dev.ortune.ort;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.onnx.proto.ModelProto;
import java.util.List;

/**
 * What a training session is made of.
 *
 * @param training forward, backward and accumulation
 * @param evaluation forward and loss
 * @param optimizer the optimizer's step
 * @param parameters the trainable parameters' start, in the graphs' order
 */
public record TrainingArtifacts(
        ModelProto training,
        ModelProto evaluation,
        ModelProto optimizer,
        List<FloatTensor> parameters) {

    public TrainingArtifacts {
        parameters = List.copyOf(parameters);
    }
}
