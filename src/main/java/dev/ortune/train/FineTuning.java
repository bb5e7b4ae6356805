package dev.ortune.train;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.DataReport;
import dev.ortune.adapter.NewAdapter;
import dev.ortune.adapter.TextLimits;
import dev.ortune.adapter.TrainingReport;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.dataset.TrainingData;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.export.BuildInfo;
import dev.ortune.export.InitialParameters;
import dev.ortune.export.ParameterCounts;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.tokenizer.TextTokenizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One fine-tuning run on a prepared base: new or given parameters in, a PEFT adapter out.
 *
 * <p>Owned by one thread, which trains; {@link Trainer} says what works beside it.
 */
public final class FineTuning {

    private final OrtRuntime runtime;
    private final PreparedBase base;
    private final FineTuningRequest request;
    private final ClassifierOptions options;
    private final ClassifierGraphs graphs;
    private final List<FloatTensor> start;

    /**
     * Plans a run.
     *
     * @param base the prepared form of the request's base
     * @throws InvalidInputException {@code INVALID_OPTION} for options that the base cannot have,
     *     {@code ADAPTER_MISMATCH} for a start that does not fit it
     */
    public FineTuning(OrtRuntime runtime, PreparedBase base, FineTuningRequest request) {
        this.runtime = runtime;
        this.base = base;
        this.request = request;
        this.options = request.effectiveOptions();
        requireTokensFit();
        this.graphs = base.graphs(options);
        this.start =
                request.start()
                        .map(adapter -> adapter.parametersFor(graphs.plan()))
                        .orElseGet(
                                () ->
                                        new InitialParameters(base, request.recipe().seed())
                                                .of(graphs.plan()));
    }

    /** What is trained on top of the base. */
    public ClassifierOptions options() {
        return options;
    }

    /** The parameters before training, in the plan's order. */
    public List<FloatTensor> start() {
        return start;
    }

    /** How much is trained. */
    public ParameterCounts counts() {
        return ParameterCounts.of(base.model().structure(options.labels().size()), graphs.plan());
    }

    /** What the run's checkpoints must carry: see {@link RunFingerprint}. */
    public String fingerprint() {
        Map<String, String> words = new TreeMap<>(describe(request.recipe()));
        versions().forEach(words::putIfAbsent);
        // Java computes nothing that another version would round differently.
        words.remove("java");
        return RunFingerprint.of(base, request, words, start);
    }

    /**
     * Trains from the start to the end.
     *
     * @throws InvalidInputException {@code LOSS_NOT_FINITE} with the step
     */
    public TrainingResult run(TextTokenizer tokenizer, TrainingListener listener) {
        return run(tokenizer, listener, Optional.empty(), RunControl.TO_THE_END).orElseThrow();
    }

    /**
     * Trains, from a checkpoint if there is one, with the same numbers as an undisturbed run.
     *
     * @param from a checkpoint of this very run ({@link #fingerprint})
     * @return empty when the control ended the run before its end
     * @throws InvalidInputException {@code LOSS_NOT_FINITE} with the step
     */
    public Optional<TrainingResult> run(
            TextTokenizer tokenizer,
            TrainingListener listener,
            Optional<Checkpoint> from,
            RunControl control) {
        TrainingRecipe recipe = request.recipe();
        OptionalLong dropoutSeed =
                recipe.dropout() ? OptionalLong.of(recipe.seed()) : OptionalLong.empty();
        BatchSplitter splitter = BatchSplitter.of(options, runtime.selection().trainingDevice());
        try (Trainer trainer = new Trainer(recipe, request.data(), tokenizer, splitter, listener);
                LoraTraining model =
                        LoraTraining.open(
                                runtime,
                                base.directory(),
                                graphs,
                                recipe.optimizer(),
                                dropoutSeed,
                                from.map(this::startOf)
                                        .orElseGet(() -> TrainingStart.fresh(start)))) {
            return trainer.run(model, from.map(this::stateOf).orElseGet(RunState::start), control);
        }
    }

    private TrainingStart startOf(Checkpoint saved) {
        return TrainingStart.saved(
                saved.session(), start, saved.state().progress().step(), saved.runs());
    }

    /** Files keep their tensors in an order of their own; the plan's is that of the start. */
    private RunState stateOf(Checkpoint saved) {
        return saved.state().withBestIn(start.stream().map(FloatTensor::name).toList());
    }

    /** The run's result as an adapter to write. */
    public NewAdapter adapter(TrainingResult result, Clock clock) {
        TrainingRecipe recipe = request.recipe();
        return new NewAdapter(
                Adapter.trained(request.base().name(), graphs.plan(), options, result.parameters()),
                base,
                TextLimits.of(recipe.maxTokens(), recipe.truncationSide()),
                new TrainingReport(
                        describe(recipe),
                        sources(request.data()),
                        result.epochs().stream().map(FineTuning::forCard).toList(),
                        result.bestEpoch(),
                        versions(),
                        clock.instant()));
    }

    private Map<String, String> describe(TrainingRecipe recipe) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("base", request.base().name());
        map.put("base_origin", request.base().origin().description());
        map.put("lora_rank", Integer.toString(options.lora().rank()));
        map.put("lora_alpha", Double.toString(options.lora().alpha()));
        map.put("lora_dropout", Double.toString(options.lora().dropout()));
        map.put(
                "target_modules",
                options.lora().targetModules().isEmpty()
                        ? base.model().family().defaultTarget()
                        : String.join(",", options.lora().targetModules()));
        map.put("problem_type", options.problemType().name().toLowerCase(Locale.ROOT));
        options.labelWeights().ifPresent(weights -> map.put("label_weights", weights.toString()));
        map.put("model_dropout", Boolean.toString(options.modelDropout()));
        map.putAll(recipe.toMap());
        map.put("threads", Integer.toString(runtime.threads()));
        map.put("device", runtime.selection().trainingDevice().name().toLowerCase(Locale.ROOT));
        return map;
    }

    private static List<DataReport> sources(TrainingData data) {
        List<DataReport> reports = new ArrayList<>();
        reports.add(new DataReport("training", data.training().source()));
        data.validation()
                .ifPresent(rows -> reports.add(new DataReport("validation", rows.source())));
        return reports;
    }

    private static dev.ortune.adapter.EpochReport forCard(EpochReport report) {
        return new dev.ortune.adapter.EpochReport(
                report.epoch(), Optional.of(report.trainingLoss()), report.evaluation());
    }

    private Map<String, String> versions() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("ortune", BuildInfo.read().ortuneVersion());
        map.put("onnxruntime", runtime.version());
        map.put("java", Runtime.version().toString());
        return map;
    }

    private void requireTokensFit() {
        int limit = base.model().config().maxPositions();
        if (request.recipe().maxTokens() > limit) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "--max-length "
                            + request.recipe().maxTokens()
                            + " is longer than the base's "
                            + limit
                            + " positions.",
                    "Choose at most " + limit + ".");
        }
    }
}
