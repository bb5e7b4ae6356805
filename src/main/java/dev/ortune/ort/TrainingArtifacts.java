package dev.ortune.ort;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.OrtCheckpoint;
import dev.ortune.onnx.proto.ModelProto;
import java.util.List;

/**
 * What a training session is made of.
 *
 * @param training forward, backward and accumulation
 * @param evaluation forward and loss
 * @param optimizer the optimizer's step
 * @param start the trainable parameters, in the graphs' order, and the optimizer's state
 */
public record TrainingArtifacts(
        ModelProto training, ModelProto evaluation, ModelProto optimizer, OrtCheckpoint start) {

    /**
     * Artifacts of a session that starts anew.
     *
     * @param parameters the trainable parameters, in the graphs' order
     */
    public TrainingArtifacts(
            ModelProto training,
            ModelProto evaluation,
            ModelProto optimizer,
            List<FloatTensor> parameters) {
        this(training, evaluation, optimizer, OrtCheckpoint.ofTrainable(parameters));
    }

    /** The trainable parameters' start, in the graphs' order. */
    public List<FloatTensor> parameters() {
        return start.trainableParameters();
    }
}
