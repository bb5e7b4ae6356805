package dev.ortune.bench.race;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.AdapterFolder;
import dev.ortune.bench.MatrixRate;
import dev.ortune.bench.PeakMemory;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.dataset.SingleLabelTarget;
import dev.ortune.export.BuildInfo;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.EncoderConfig;
import dev.ortune.graph.OptimizerOptions;
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
    private static final int MATRIX_ROWS = 1024;

    private final OrtRuntime runtime;
    private final EncoderConfig config;
    private final long trainableParameters;
    private final LoraTraining model;
    private final BatchSplitter splitter;
    private final double rateBefore;

    private OrtuneRacer(
            OrtRuntime runtime,
            EncoderConfig config,
            long trainableParameters,
            LoraTraining model,
            BatchSplitter splitter,
            double rateBefore) {
        this.runtime = runtime;
        this.config = config;
        this.trainableParameters = trainableParameters;
        this.model = model;
        this.splitter = splitter;
        this.rateBefore = rateBefore;
    }

    /**
     * Loads a prepared base with an adapter.
     *
     * @throws dev.ortune.error.OrtuneException when base or adapter cannot be used
     */
    static OrtuneRacer open(Request.Start start) {
        OrtRuntime runtime = OrtRuntime.open(start.threads());
        try {
            PreparedBase base = PreparedBase.open(Path.of(start.base()));
            EncoderConfig config = base.model().config();
            double rate = matrixRate(runtime, config);
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
            return new OrtuneRacer(runtime, config, values, model, BatchSplitter.of(options), rate);
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
        double loss = model.update(inputs, step.learningRate()).get(0);
        return new Reply.Stepped((System.nanoTime() - begin) / 1e9, loss);
    }

    Reply.Finished finished() {
        // Before the second measurement, whose matrices are no part of training.
        OptionalLong peak = PeakMemory.bytes();
        double rate = (rateBefore + matrixRate(runtime, config)) / 2;
        return new Reply.Finished(peak, OptionalDouble.of(rate));
    }

    @Override
    public void close() {
        model.close();
        runtime.close();
    }

    private static double matrixRate(OrtRuntime runtime, EncoderConfig config) {
        return MatrixRate.measure(
                runtime, MATRIX_ROWS, config.hiddenSize(), config.intermediateSize());
    }

    private static long[] longs(List<Integer> numbers) {
        return numbers.stream().mapToLong(Integer::longValue).toArray();
    }
}
