package dev.ortune.train;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.ort.HostTensor;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.ort.Outputs;
import dev.ortune.ort.TrainingArtifacts;
import dev.ortune.ort.TrainingSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One model under training: whole optimizer updates on batches, evaluation, its parameters.
 *
 * <p>ONNX Runtime's optimizer knows one parameter group. Hugging Face's Trainer decays all but
 * biases, so each update gives the biases back what the decay took ({@link UndecayedParameter}).
 *
 * <p>Owned by one thread.
 */
public final class LoraTraining implements AutoCloseable {

    private final TrainingSession session;
    private final double weightDecay;
    private final List<UndecayedParameter> undecayed;

    private LoraTraining(
            TrainingSession session, double weightDecay, List<UndecayedParameter> undecayed) {
        this.session = session;
        this.weightDecay = weightDecay;
        this.undecayed = undecayed;
    }

    /**
     * Opens a session.
     *
     * @param weightsFolder the prepared base's folder
     * @param parameters the start, in the plan's order
     */
    public static LoraTraining open(
            OrtRuntime runtime,
            Path weightsFolder,
            ClassifierGraphs graphs,
            OptimizerOptions optimizer,
            DropoutMasks masks,
            List<FloatTensor> parameters) {
        TrainingArtifacts artifacts =
                new TrainingArtifacts(
                        graphs.training(masks),
                        graphs.evaluation(),
                        ClassifierGraphs.optimizer(optimizer),
                        parameters);
        TrainingSession session = runtime.openTraining(artifacts, weightsFolder);
        try {
            List<UndecayedParameter> undecayed =
                    graphs.plan().parameters().stream()
                            .filter(
                                    parameter ->
                                            optimizer.weightDecay() != 0 && !parameter.decays())
                            .map(parameter -> session.values(parameter.name()))
                            .map(UndecayedParameter::new)
                            .toList();
            return new LoraTraining(session, optimizer.weightDecay(), undecayed);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * One optimizer step on the mean gradient of some batches.
     *
     * @param batches text inputs and labels of each
     * @return each batch's mean loss before the step
     */
    public List<Float> update(List<Map<String, HostTensor>> batches, double learningRate) {
        session.resetGradients();
        HostTensor scale = HostTensor.Floats.scalar(1f / batches.size());
        List<Float> losses = new ArrayList<>(batches.size());
        for (Map<String, HostTensor> batch : batches) {
            Map<String, HostTensor> inputs = new LinkedHashMap<>(batch);
            inputs.put(ClassifierGraphs.GRADIENT_SCALE, scale);
            losses.add(session.trainStep(inputs).scalar(ClassifierGraphs.LOSS));
        }
        session.optimizerStep(learningRate);
        for (UndecayedParameter bias : undecayed) {
            bias.giveBack(learningRate * weightDecay);
        }
        return losses;
    }

    /** Loss and logits of a batch without dropout. */
    public Outputs evaluate(Map<String, HostTensor> batch) {
        return session.evaluate(batch);
    }

    /** A copy of the parameters, in the plan's order. */
    public List<FloatTensor> parameters() {
        return session.parameters();
    }

    @Override
    public void close() {
        session.close();
    }
}
