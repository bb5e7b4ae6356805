package dev.ortune.bench.race;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.AdapterFolder;
import dev.ortune.bench.MatrixRate;
import dev.ortune.bench.PeakMemory;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.dataset.SingleLabelTarget;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.UnavailableException;
import dev.ortune.export.BuildInfo;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.EncoderConfig;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.ort.Device;
import dev.ortune.ort.DeviceRequest;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.train.BatchSplitter;
import dev.ortune.train.LoraTraining;
import dev.ortune.train.StepInputs;
import dev.ortune.train.TokenizedExample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A model under training by Ortune, and the machine's matrix rate before and after its steps. */
final class OrtuneRacer implements AutoCloseable {

    private static final long SEED = 0;
    private static final int MATRIX_PRODUCTS = 5;

    private final OrtRuntime runtime;
    private final long trainableParameters;
    private final LoraTraining model;
    private final BatchSplitter splitter;
    private final MatrixRate matrixRate;

    private OrtuneRacer(
            OrtRuntime runtime,
            long trainableParameters,
            LoraTraining model,
            BatchSplitter splitter,
            MatrixRate matrixRate) {
        this.runtime = runtime;
        this.trainableParameters = trainableParameters;
        this.model = model;
        this.splitter = splitter;
        this.matrixRate = matrixRate;
    }

    /**
     * Loads a prepared base with an adapter.
     *
     * @throws dev.ortune.error.OrtuneException when base or adapter cannot be used
     */
    static OrtuneRacer open(Request.Start start) {
        OrtRuntime runtime =
                OrtRuntime.open(
                        start.threads(), DeviceRequest.parse(start.device(), "the race's device"));
        try {
            requireDevice(runtime, start.device());
            PreparedBase base = PreparedBase.open(Path.of(start.base()));
            EncoderConfig config = base.model().config();
            Adapter adapter = AdapterFolder.read(Path.of(start.adapter())).adapter();
            ClassifierOptions given = adapter.toOptions(base.model());
            ClassifierOptions options = start.dropout() ? given : given.withoutDropout();
            ClassifierGraphs graphs = base.graphs(options);
            List<FloatTensor> parameters = adapter.parametersFor(graphs.plan());
            LoraTraining model =
                    LoraTraining.open(
                            runtime,
                            base.directory(),
                            graphs,
                            OptimizerOptions.adamW(
                                    RaceRules.WEIGHT_DECAY, OptionalDouble.of(RaceRules.CLIP_NORM)),
                            start.dropout() ? OptionalLong.of(SEED) : OptionalLong.empty(),
                            parameters);
            long values = parameters.stream().mapToLong(tensor -> tensor.values().length).sum();
            return new OrtuneRacer(
                    runtime,
                    values,
                    model,
                    BatchSplitter.of(options, runtime.selection().trainingDevice()),
                    MatrixRate.of(runtime, config));
        } catch (RuntimeException e) {
            runtime.close();
            throw e;
        }
    }

    Reply.Started started() {
        return new Reply.Started(
                trainableParameters,
                Map.of(
                        "ortune", BuildInfo.read().ortuneVersion(),
                        "onnxruntime", runtime.version()));
    }

    Reply.Stepped step(Request.Step step) {
        long begin = System.nanoTime();
        List<TokenizedExample> batch = new ArrayList<>();
        for (int row = 0; row < step.ids().size(); row++) {
            batch.add(
                    new TokenizedExample(
                            longs(step.ids().get(row)),
                            new SingleLabelTarget(step.labels().get(row))));
        }
        StepInputs inputs = StepInputs.of(List.of(batch), splitter);
        double loss = model.update(inputs, step.learningRate()).loss();
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Reply.Stepped(
                seconds, loss, OptionalDouble.of(matrixRate.measure(MATRIX_PRODUCTS)));
    }

    Reply.Finished finished() {
        return new Reply.Finished(PeakMemory.bytes());
    }

    @Override
    public void close() {
        matrixRate.close();
        model.close();
        runtime.close();
    }

    private static void requireDevice(OrtRuntime runtime, String device) {
        Device found = runtime.selection().trainingDevice();
        if (!found.name().equalsIgnoreCase(device)) {
            throw new UnavailableException(
                    ErrorCode.RUNTIME_UNAVAILABLE,
                    "Training would run on " + found.label() + ", not on " + device + ".",
                    runtime.selection()
                            .trainingWarning()
                            .orElse("Run ./ortune doctor to see which devices work."));
        }
    }

    private static long[] longs(List<Integer> numbers) {
        return numbers.stream().mapToLong(Integer::longValue).toArray();
    }
}
