package dev.ortune.train;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.graph.TrainableParameter;
import dev.ortune.graph.op.DropoutSeeds;
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
 * biases, so each update gives the biases back what the decay took: AdamW moves p to {@code p (1 -
 * rate·decay) - step}, and without decay it would be {@code p - step}.
 *
 * <p>Owned by one thread.
 */
public final class LoraTraining implements AutoCloseable {

    private final TrainingSession session;
    private final double weightDecay;
    private final List<String> undecayed;

    private LoraTraining(TrainingSession session, double weightDecay, List<String> undecayed) {
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
            DropoutSeeds seeds,
            List<FloatTensor> parameters) {
        TrainingArtifacts artifacts =
                new TrainingArtifacts(
                        graphs.training(seeds),
                        graphs.evaluation(),
                        ClassifierGraphs.optimizer(optimizer),
                        parameters);
        List<String> undecayed =
                graphs.plan().parameters().stream()
                        .filter(parameter -> !parameter.decays())
                        .map(TrainableParameter::name)
                        .toList();
        return new LoraTraining(
                runtime.openTraining(artifacts, weightsFolder),
                optimizer.weightDecay(),
                optimizer.weightDecay() == 0 ? List.of() : undecayed);
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
        List<FloatTensor> before = undecayed.stream().map(session::parameter).toList();
        session.optimizerStep(learningRate);
        before.forEach(bias -> giveBackDecay(bias, learningRate));
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

    private void giveBackDecay(FloatTensor before, double learningRate) {
        float[] values = session.parameter(before.name()).values();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (learningRate * weightDecay * before.values()[i]);
        }
        session.setParameter(new FloatTensor(before.name(), before.shape(), values));
    }
}
