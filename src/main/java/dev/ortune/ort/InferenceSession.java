package dev.ortune.ort;

import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtEnv;
import org.bytedeco.onnxruntime.OrtSession;
import org.bytedeco.onnxruntime.OrtSessionOptions;

/** A session that runs a graph forward. Thread-safe: runs may overlap. */
public final class InferenceSession extends NativeHandle {

    private final NativeApi api;
    private final OrtSession session;
    private final List<String> inputNames;
    private final List<String> outputNames;
    private final List<BytePointer> nameBytes = new ArrayList<>();
    private final PointerPointer<BytePointer> inputTable;
    private final PointerPointer<BytePointer> outputTable;

    InferenceSession(
            NativeApi api,
            HandleCount handles,
            OrtEnv environment,
            ModelProto model,
            Path weightsFolder) {
        super(handles);
        this.api = api;
        this.inputNames =
                model.getGraph().getInputList().stream().map(ValueInfoProto::getName).toList();
        this.outputNames =
                model.getGraph().getOutputList().stream().map(ValueInfoProto::getName).toList();
        this.inputTable = table(inputNames);
        this.outputTable = table(outputNames);
        this.session = open(environment, model, weightsFolder);
    }

    /**
     * Runs the graph.
     *
     * @param inputs every graph input, by name
     */
    public Outputs run(Map<String, ? extends HostTensor> inputs) {
        requireOpen();
        try (NativeBatch batch = new NativeBatch(api, inputNames, inputs, outputNames)) {
            api.check(
                    api.api()
                            .Run(
                                    session,
                                    null,
                                    inputTable,
                                    batch.inputs(),
                                    batch.inputCount(),
                                    outputTable,
                                    batch.outputCount(),
                                    batch.outputs()));
            return batch.read();
        }
    }

    @Override
    void release() {
        api.api().ReleaseSession(session);
        nameBytes.forEach(Pointer::close);
        inputTable.close();
        outputTable.close();
    }

    private PointerPointer<BytePointer> table(List<String> names) {
        PointerPointer<BytePointer> table = new PointerPointer<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            BytePointer name = new BytePointer(names.get(i));
            nameBytes.add(name);
            table.put(i, name);
        }
        return table;
    }

    private OrtSession open(OrtEnv environment, ModelProto model, Path weightsFolder) {
        OrtSessionOptions options = OrtRuntime.sessionOptions(api, weightsFolder);
        byte[] bytes = model.toByteArray();
        try (BytePointer buffer = new BytePointer(bytes);
                PointerPointer<Pointer> out = new PointerPointer<>(1)) {
            api.check(
                    api.api()
                            .CreateSessionFromArray(
                                    environment, buffer, bytes.length, options, out));
            return new OrtSession(out.get());
        } finally {
            api.api().ReleaseSessionOptions(options);
        }
    }
}
