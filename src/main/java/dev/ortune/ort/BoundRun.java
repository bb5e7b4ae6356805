package dev.ortune.ort;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.onnxruntime.OrtAllocator;
import org.bytedeco.onnxruntime.OrtIoBinding;
import org.bytedeco.onnxruntime.OrtSession;
import org.bytedeco.onnxruntime.OrtValue;

/**
 * Runs on a device with memory of its own: the fixed inputs are copied to it once, so that a run
 * moves nothing but its own inputs and the outputs.
 *
 * <p>One run at a time, since a binding holds one run's inputs; the device would take turns anyway.
 */
final class BoundRun implements GraphRun {

    private final NativeApi api;
    private final OrtSession session;
    private final List<String> varying;
    private final List<String> outputNames;
    private final NativeNames varyingNames;
    private final NativeNames outputTable;
    private final OrtIoBinding binding;

    BoundRun(
            NativeApi api,
            OrtSession session,
            List<String> inputNames,
            List<String> outputNames,
            Map<String, NativeTensor> fixed) {
        this.api = api;
        this.session = session;
        this.varying = inputNames.stream().filter(name -> !fixed.containsKey(name)).toList();
        this.outputNames = outputNames;
        this.varyingNames = new NativeNames(varying);
        this.outputTable = new NativeNames(outputNames);
        try (PointerPointer<Pointer> out = new PointerPointer<>(1)) {
            api.check(api.api().CreateIoBinding(session, out));
            this.binding = new OrtIoBinding(out.get());
        }
        fixed.forEach(this::bindFixed);
    }

    @Override
    public synchronized Outputs run(Map<String, ? extends HostTensor> inputs) {
        List<NativeTensor> bound = new ArrayList<>();
        try {
            for (int i = 0; i < varying.size(); i++) {
                HostTensor tensor = NativeBatch.required(inputs, varying.get(i));
                NativeTensor copy = NativeTensor.copyOf(api, tensor);
                bound.add(copy);
                api.check(api.api().BindInput(binding, varyingNames.get(i), copy.value()));
            }
            // A binding keeps the last run's outputs, whose shapes may not fit this run.
            for (int i = 0; i < outputNames.size(); i++) {
                api.check(
                        api.api().BindOutputToDevice(binding, outputTable.get(i), api.cpuMemory()));
            }
            api.check(api.api().RunWithBinding(session, null, binding));
            return read();
        } finally {
            bound.forEach(tensor -> tensor.release(api));
        }
    }

    @Override
    public void close() {
        api.api().ReleaseIoBinding(binding);
        varyingNames.close();
        outputTable.close();
    }

    private void bindFixed(String name, NativeTensor tensor) {
        try (BytePointer bytes = new BytePointer(name)) {
            api.check(api.api().BindInput(binding, bytes, tensor.value()));
        }
    }

    private Outputs read() {
        try (PointerPointer<Pointer> out = new PointerPointer<>(1);
                SizeTPointer count = new SizeTPointer(1)) {
            api.check(api.api().GetAllocatorWithDefaultOptions(out));
            OrtAllocator allocator = new OrtAllocator(out.get());
            // The binding points this at a table that the allocator made.
            PointerPointer<Pointer> values = new PointerPointer<>();
            api.check(api.api().GetBoundOutputValues(binding, allocator, values, count));
            try {
                return read(values, Math.toIntExact(count.get()));
            } finally {
                api.check(api.api().AllocatorFree(allocator, values));
            }
        }
    }

    private Outputs read(PointerPointer<Pointer> values, int count) {
        Map<String, float[]> outputs = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            OrtValue value = new OrtValue(values.get(i));
            try {
                outputs.put(outputNames.get(i), NativeBatch.copyOut(api, value));
            } finally {
                api.api().ReleaseValue(value);
            }
        }
        return new Outputs(outputs);
    }
}
