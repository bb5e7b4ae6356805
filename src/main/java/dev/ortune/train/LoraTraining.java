package dev.ortune.train;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.graph.op.FedMasks;
import dev.ortune.ort.Device;
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
import java.util.OptionalLong;

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
    private final MaskDrawer masks;
    private long steps;
    private long runs;

    private LoraTraining(
            TrainingSession session,
            double weightDecay,
            List<UndecayedParameter> undecayed,
            MaskDrawer masks,
            TrainingStart start) {
        this.session = session;
        this.weightDecay = weightDecay;
        this.undecayed = undecayed;
        this.masks = masks;
        this.steps = start.steps();
        this.runs = start.runs();
    }

    /**
     * Opens a session that starts anew.
     *
     * @param weightsFolder the prepared base's folder
     * @param dropoutSeed decides the masks; without it dropout is off
     * @param parameters the start, in the plan's order
     */
    public static LoraTraining open(
            OrtRuntime runtime,
            Path weightsFolder,
            ClassifierGraphs graphs,
            OptimizerOptions optimizer,
            OptionalLong dropoutSeed,
            List<FloatTensor> parameters) {
        return open(
                runtime,
                weightsFolder,
                graphs,
                optimizer,
                dropoutSeed,
                TrainingStart.fresh(parameters));
    }

    /**
     * Opens a session that starts anew or goes on.
     *
     * @param weightsFolder the prepared base's folder
     * @param dropoutSeed decides the masks; without it dropout is off
     */
    public static LoraTraining open(
            OrtRuntime runtime,
            Path weightsFolder,
            ClassifierGraphs graphs,
            OptimizerOptions optimizer,
            OptionalLong dropoutSeed,
            TrainingStart start) {
        FedMasks fed = DropoutMasks.fed();
        DropoutMasks masks = masks(runtime, dropoutSeed, start.runs(), fed);
        TrainingArtifacts artifacts =
                new TrainingArtifacts(
                        graphs.trainingWithGradientNorm(masks),
                        graphs.evaluation(),
                        graphs.optimizer(optimizer),
                        start.session());
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
            return new LoraTraining(
                    session,
                    optimizer.weightDecay(),
                    undecayed,
                    new MaskDrawer(dropoutSeed.orElse(0), fed.inputs()),
                    start);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static DropoutMasks masks(
            OrtRuntime runtime, OptionalLong dropoutSeed, long runs, FedMasks fed) {
        if (dropoutSeed.isEmpty()) {
            return DropoutMasks.none();
        }
        // A GPU draws masks faster than they would cross the bus.
        return runtime.selection().trainingDevice() == Device.CPU
                ? fed
                : DropoutMasks.seeded(dropoutSeed.getAsLong(), runs);
    }

    /** One optimizer step on the mean gradient of some batches. */
    public StepResult update(StepInputs step, double learningRate) {
        session.resetGradients();
        List<Float> losses = new ArrayList<>(step.batches().size());
        float gradientNorm = 0;
        int run = 0;
        for (BatchInputs batch : step.batches()) {
            float loss = 0;
            for (BatchInputs.Part part : batch.parts()) {
                float scale = part.share() / step.batches().size();
                Outputs outputs = run(part, scale, run++);
                loss += part.share() * outputs.scalar(ClassifierGraphs.LOSS);
                // That of all parts so far: the last part's holds for the step.
                gradientNorm = outputs.scalar(ClassifierGraphs.GRADIENT_NORM);
            }
            losses.add(loss);
        }
        session.optimizerStep(learningRate);
        for (UndecayedParameter bias : undecayed) {
            bias.giveBack(learningRate * weightDecay);
        }
        steps++;
        runs += run;
        return new StepResult(losses, gradientNorm);
    }

    private Outputs run(BatchInputs.Part part, float gradientScale, int run) {
        Map<String, HostTensor> inputs = new LinkedHashMap<>(part.tensors());
        inputs.put(ClassifierGraphs.GRADIENT_SCALE, HostTensor.Floats.scalar(gradientScale));
        masks.draw(steps, run, part.size(), inputs);
        return session.trainStep(inputs);
    }

    /** Loss and logits of a batch without dropout. */
    public Outputs evaluate(Map<String, HostTensor> batch) {
        return session.evaluate(batch);
    }

    /** Training runs of the graph so far. */
    long runs() {
        return runs;
    }

    /** Writes parameters and optimizer state, from which {@link TrainingStart} goes on exactly. */
    void save(Path file) {
        session.saveCheckpoint(file);
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
