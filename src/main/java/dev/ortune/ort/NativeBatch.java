package dev.ortune.ort;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.onnxruntime.OrtTensorTypeAndShapeInfo;
import org.bytedeco.onnxruntime.OrtValue;

/** The native side of one run: inputs copied in, outputs copied out, all freed on close. */
final class NativeBatch implements AutoCloseable {

    private final NativeApi api;
    private final List<NativeTensor> copies = new ArrayList<>();
    private final List<OrtValue> inputs = new ArrayList<>();
    private final PointerPointer<OrtValue> inputTable;
    private final PointerPointer<OrtValue> outputTable;
    private final List<String> outputNames;

    /** Copies the named tensors in the given order; the session fills the outputs. */
    NativeBatch(
            NativeApi api,
            List<String> inputNames,
            Map<String, ? extends HostTensor> tensors,
            List<String> outputNames) {
        this(api, inputNames, tensors, Map.of(), outputNames);
    }

    /** The same, but for the inputs that native memory holds already; they stay the caller's. */
    NativeBatch(
            NativeApi api,
            List<String> inputNames,
            Map<String, ? extends HostTensor> tensors,
            Map<String, NativeTensor> fixed,
            List<String> outputNames) {
        this.api = api;
        this.outputNames = outputNames;
        for (String name : inputNames) {
            inputs.add(fixed.containsKey(name) ? fixed.get(name).value() : copyIn(name, tensors));
        }
        inputTable = new PointerPointer<>(Math.max(1, inputs.size()));
        for (int i = 0; i < inputs.size(); i++) {
            inputTable.put(i, inputs.get(i));
        }
        outputTable = new PointerPointer<>(Math.max(1, outputNames.size()));
        for (int i = 0; i < outputNames.size(); i++) {
            outputTable.put(i, (Pointer) null);
        }
    }

    int inputCount() {
        return inputs.size();
    }

    int outputCount() {
        return outputNames.size();
    }

    PointerPointer<OrtValue> inputs() {
        return inputTable;
    }

    PointerPointer<OrtValue> outputs() {
        return outputTable;
    }

    /** Copies the outputs that have float32 values. */
    Outputs read() {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (int i = 0; i < outputNames.size(); i++) {
            OrtValue value = new OrtValue(outputTable.get(i));
            if (!value.isNull()) {
                values.put(outputNames.get(i), copyOut(api, value));
            }
        }
        return new Outputs(values);
    }

    /** The tensor of an input. */
    static HostTensor required(Map<String, ? extends HostTensor> tensors, String name) {
        HostTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor for the input " + name);
        }
        return tensor;
    }

    private OrtValue copyIn(String name, Map<String, ? extends HostTensor> tensors) {
        if (!tensors.containsKey(name)) {
            close();
        }
        NativeTensor copy = NativeTensor.copyOf(api, required(tensors, name));
        copies.add(copy);
        return copy.value();
    }

    static float[] copyOut(NativeApi api, OrtValue value) {
        float[] values = new float[elements(api, value)];
        FloatPointer data = new FloatPointer((Pointer) null);
        api.check(api.api().GetTensorMutableData(value, data));
        data.get(values);
        return values;
    }

    private static int elements(NativeApi api, OrtValue value) {
        OrtTensorTypeAndShapeInfo info = new OrtTensorTypeAndShapeInfo();
        api.check(api.api().GetTensorTypeAndShape(value, info));
        try (SizeTPointer count = new SizeTPointer(1)) {
            api.check(api.api().GetTensorShapeElementCount(info, count));
            return Math.toIntExact(count.get());
        } finally {
            api.api().ReleaseTensorTypeAndShapeInfo(info);
        }
    }

    @Override
    public void close() {
        if (outputTable != null) {
            for (int i = 0; i < outputNames.size(); i++) {
                OrtValue value = new OrtValue(outputTable.get(i));
                if (!value.isNull()) {
                    api.api().ReleaseValue(value);
                }
            }
            outputTable.close();
        }
        if (inputTable != null) {
            inputTable.close();
        }
        copies.forEach(tensor -> tensor.release(api));
    }
}
