package dev.ortune.ort;

import java.util.List;
import java.util.Map;
import org.bytedeco.onnxruntime.OrtSession;

/** Runs on inputs in the processor's memory; runs may overlap. */
final class DirectRun implements GraphRun {

    private final NativeApi api;
    private final OrtSession session;
    private final List<String> inputNames;
    private final List<String> outputNames;
    private final Map<String, NativeTensor> fixed;
    private final NativeNames inputTable;
    private final NativeNames outputTable;

    DirectRun(
            NativeApi api,
            OrtSession session,
            List<String> inputNames,
            List<String> outputNames,
            Map<String, NativeTensor> fixed) {
        this.api = api;
        this.session = session;
        this.inputNames = inputNames;
        this.outputNames = outputNames;
        this.fixed = fixed;
        this.inputTable = new NativeNames(inputNames);
        this.outputTable = new NativeNames(outputNames);
    }

    @Override
    public Outputs run(Map<String, ? extends HostTensor> inputs) {
        try (NativeBatch batch = new NativeBatch(api, inputNames, inputs, fixed, outputNames)) {
            api.check(
                    api.api()
                            .Run(
                                    session,
                                    null,
                                    inputTable.table(),
                                    batch.inputs(),
                                    batch.inputCount(),
                                    outputTable.table(),
                                    batch.outputCount(),
                                    batch.outputs()));
            return batch.read();
        }
    }

    @Override
    public void close() {
        inputTable.close();
        outputTable.close();
    }
}
