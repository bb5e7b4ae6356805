package dev.ortune.ort;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.OrtCheckpoint;
import dev.ortune.checkpoint.OrtCheckpointFile;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.ValueInfoProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtCheckpointState;
import org.bytedeco.onnxruntime.OrtEnv;
import org.bytedeco.onnxruntime.OrtSessionOptions;
import org.bytedeco.onnxruntime.OrtTrainingSession;
import org.bytedeco.onnxruntime.OrtValue;
import org.bytedeco.onnxruntime.global.onnxruntime;

/**
 * A training session of ONNX Runtime with its parameters and optimizer state.
 *
 * <p>Owned by one thread: no two calls at once.
 */
public final class TrainingSession extends NativeHandle {

    private final NativeApi api;
    private final OrtCheckpointState state;
    private final OrtTrainingSession session;
    private final WeightsRegistry.Lease weights;
    private final Map<String, TensorShape> parameters;
    private final List<ParameterValues> views = new ArrayList<>();
    private final List<String> trainInputs;
    private final List<String> trainOutputs;
    private final List<String> evaluationInputs;
    private final List<String> evaluationOutputs;

    TrainingSession(
            NativeApi api,
            HandleCount handles,
            OrtEnv environment,
            SessionSettings settings,
            TrainingArtifacts artifacts,
            Path weightsFolder,
            Device device) {
        super(handles);
        this.api = api;
        this.parameters =
                artifacts.parameters().stream()
                        .collect(
                                Collectors.toMap(
                                        FloatTensor::name,
                                        FloatTensor::shape,
                                        (a, b) -> a,
                                        LinkedHashMap::new));
        this.trainInputs = userInputs(artifacts.training(), parameters.keySet());
        this.trainOutputs = outputs(artifacts.training());
        this.evaluationInputs = userInputs(artifacts.evaluation(), parameters.keySet());
        this.evaluationOutputs = outputs(artifacts.evaluation());
        this.state = loadState(artifacts.start());
        SessionSettings.Opened<OrtTrainingSession> opened =
                settings.open(
                        List.of(artifacts.training(), artifacts.evaluation()),
                        weightsFolder,
                        device,
                        SessionSettings.Use.TRAINING,
                        (options, packed) -> open(environment, artifacts, options));
        this.session = opened.session();
        this.weights = opened.weights();
    }

    /**
     * Forward and backward of one batch; its gradients are added to those since {@link
     * #resetGradients}.
     *
     * @param inputs the text inputs, labels and gradient scale, by name
     * @return the user outputs: loss and logits
     */
    public Outputs trainStep(Map<String, ? extends HostTensor> inputs) {
        requireOpen();
        try (NativeBatch batch = new NativeBatch(api, trainInputs, inputs, trainOutputs)) {
            api.check(
                    api.training()
                            .TrainStep(
                                    session,
                                    null,
                                    batch.inputCount(),
                                    batch.inputs(),
                                    batch.outputCount(),
                                    batch.outputs()));
            return batch.read();
        }
    }

    /** Forward of one batch without dropout: loss and logits. */
    public Outputs evaluate(Map<String, ? extends HostTensor> inputs) {
        requireOpen();
        try (NativeBatch batch =
                new NativeBatch(api, evaluationInputs, inputs, evaluationOutputs)) {
            api.check(
                    api.training()
                            .EvalStep(
                                    session,
                                    null,
                                    batch.inputCount(),
                                    batch.inputs(),
                                    batch.outputCount(),
                                    batch.outputs()));
            return batch.read();
        }
    }

    /** Lets the next {@link #trainStep} start from zero gradients. */
    public void resetGradients() {
        requireOpen();
        api.check(api.training().LazyResetGrad(session));
    }

    /** One optimizer step at a learning rate, on the gradients accumulated so far. */
    public void optimizerStep(double learningRate) {
        requireOpen();
        api.check(api.training().SetLearningRate(session, (float) learningRate));
        api.check(api.training().OptimizerStep(session, null));
    }

    /** A copy of every trainable parameter, in the graphs' order. */
    public List<FloatTensor> parameters() {
        return parameters.keySet().stream().map(this::parameter).toList();
    }

    /** A copy of one parameter. */
    public FloatTensor parameter(String name) {
        requireOpen();
        try (PointerPointer<Pointer> out = new PointerPointer<>(1);
                BytePointer nameBytes = new BytePointer(name)) {
            out.put(0, (Pointer) null);
            api.check(api.training().GetParameter(state, nameBytes, api.allocator(), out));
            OrtValue value = new OrtValue(out.get());
            try {
                return new FloatTensor(name, parameters.get(name), NativeBatch.copyOut(api, value));
            } finally {
                api.api().ReleaseValue(value);
            }
        }
    }

    /** A parameter to be read and written many times; lives as long as the session. */
    public ParameterValues values(String name) {
        requireOpen();
        TensorShape shape = parameters.get(name);
        ParameterValues view =
                new ParameterValues(
                        api, this, state, name, shape.toArray(), Math.toIntExact(shape.elements()));
        views.add(view);
        return view;
    }

    /** Overwrites one parameter. */
    public void setParameter(FloatTensor parameter) {
        requireOpen();
        try (FloatPointer data = new FloatPointer(parameter.values());
                BytePointer nameBytes = new BytePointer(parameter.name())) {
            OrtValue value =
                    api.tensorOver(
                            data,
                            (long) parameter.values().length * Float.BYTES,
                            parameter.shape().toArray(),
                            onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT);
            try {
                api.check(api.training().UpdateParameter(state, nameBytes, value));
            } finally {
                api.api().ReleaseValue(value);
            }
        }
    }

    /** Writes parameters and optimizer state as an ONNX Runtime checkpoint. */
    public void saveCheckpoint(Path file) {
        requireOpen();
        try (Pointer path = NativeApi.path(file)) {
            api.check(api.training().SaveCheckpoint(state, path, true));
        }
    }

    @Override
    void release() {
        views.forEach(ParameterValues::release);
        // The state must outlive the session.
        api.training().ReleaseTrainingSession(session);
        api.training().ReleaseCheckpointState(state);
        weights.close();
    }

    private OrtCheckpointState loadState(OrtCheckpoint start) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            OrtCheckpointFile.write(bytes, start);
        } catch (IOException e) {
            throw new UncheckedIOException("a write to memory failed", e);
        }
        try (BytePointer buffer = new BytePointer(bytes.toByteArray());
                PointerPointer<Pointer> out = new PointerPointer<>(1)) {
            api.check(api.training().LoadCheckpointFromBuffer(buffer, bytes.size(), out));
            return new OrtCheckpointState(out.get());
        }
    }

    private OrtTrainingSession open(
            OrtEnv environment, TrainingArtifacts artifacts, OrtSessionOptions options) {
        byte[] training = artifacts.training().toByteArray();
        byte[] evaluation = artifacts.evaluation().toByteArray();
        byte[] optimizer = artifacts.optimizer().toByteArray();
        try (BytePointer trainingBytes = new BytePointer(training);
                BytePointer evaluationBytes = new BytePointer(evaluation);
                BytePointer optimizerBytes = new BytePointer(optimizer);
                PointerPointer<Pointer> out = new PointerPointer<>(1)) {
            api.check(
                    api.training()
                            .CreateTrainingSessionFromBuffer(
                                    environment,
                                    options,
                                    state,
                                    trainingBytes,
                                    training.length,
                                    evaluationBytes,
                                    evaluation.length,
                                    optimizerBytes,
                                    optimizer.length,
                                    out));
            return new OrtTrainingSession(out.get());
        }
    }

    /** The inputs that a step takes: all before the first parameter. */
    private static List<String> userInputs(ModelProto model, Set<String> parameters) {
        List<String> names = new ArrayList<>();
        for (ValueInfoProto input : model.getGraph().getInputList()) {
            if (parameters.contains(input.getName())) {
                break;
            }
            names.add(input.getName());
        }
        return List.copyOf(names);
    }

    /** The outputs that a step returns: all but the accumulations. */
    private static List<String> outputs(ModelProto model) {
        return model.getGraph().getOutputList().stream()
                .map(ValueInfoProto::getName)
                .filter(name -> !name.endsWith("_grad.accumulation.out"))
                .toList();
    }
}
