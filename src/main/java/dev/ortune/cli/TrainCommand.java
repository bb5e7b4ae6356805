package dev.ortune.cli;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.AdapterFolder;
import dev.ortune.base.BaseModel;
import dev.ortune.console.Console;
import dev.ortune.console.OutputOptions;
import dev.ortune.dataset.Dataset;
import dev.ortune.dataset.DatasetReader;
import dev.ortune.dataset.LabelSet;
import dev.ortune.dataset.TrainingData;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.UnavailableException;
import dev.ortune.export.PreparedBase;
import dev.ortune.export.cli.ClassifierMixin;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.ProblemType;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.tokenizer.TextTokenizer;
import dev.ortune.train.Checkpoint;
import dev.ortune.train.CheckpointFolder;
import dev.ortune.train.Checkpointing;
import dev.ortune.train.EpochAdapters;
import dev.ortune.train.FineTuning;
import dev.ortune.train.FineTuningRequest;
import dev.ortune.train.RunControl;
import dev.ortune.train.TrainingRecipe;
import dev.ortune.train.TrainingResult;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ortune train}: a data file to a PEFT adapter. */
@Command(
        name = "train",
        defaultValueProvider = RecipeDefaults.class,
        header = "A data file to an adapter.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Fine-tunes a classifier on your own data and writes a PEFT adapter folder.",
            "Data files are CSV, TSV, JSON Lines or JSON (also .gz) with the fields text and label."
        })
final class TrainCommand implements Callable<Integer> {

    private static final List<String> LORA_OPTIONS =
            List.of(
                    "--lora-rank",
                    "--lora-alpha",
                    "--lora-dropout",
                    "--target-modules",
                    "--modules-to-save",
                    "--problem-type");

    /** How long a stopped process waits for its step and its checkpoint. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    private static final int EPOCHS_KEPT = 3;

    private final Workshop workshop;

    @Spec private CommandSpec spec;

    @Option(
            names = "--base",
            paramLabel = "DIR|NAME",
            description = "A model folder, a model on the hub, or bge-small-en-v1.5.")
    private Optional<String> base = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The adapter folder to write; must not exist or be empty.")
    private Path out;

    @Option(
            names = "--from-adapter",
            paramLabel = "DIR",
            description = "Continue from a PEFT adapter of this base; its LoRA options hold.")
    private Optional<Path> fromAdapter = Optional.empty();

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = {
                "A JSON file of options by name, or the ortune.json of an adapter to train alike;",
                "options given here win."
            })
    private Optional<Path> recipe = Optional.empty();

    @Option(
            names = "--epoch-adapters",
            paramLabel = "DIR",
            description =
                    "Write the adapters of epochs here too, in step-<N>: the newest three and the best.")
    private Optional<Path> epochAdapters = Optional.empty();

    @Option(
            names = "--events",
            description = {
                "Tell the run's progress as JSON lines, for a program; the run ends when that program",
                "does (when the standard input is closed). Implies --json for the result."
            })
    private boolean events;

    @Option(
            names = "--events-file",
            paramLabel = "FILE",
            description =
                    "With --events: append them to a file too, each before the run is saved after it.")
    private Optional<Path> eventsFile = Optional.empty();

    @Mixin private DataMixin data;
    @Mixin private RecipeMixin recipeOptions;
    @Mixin private CheckpointMixin checkpoints;
    @Mixin private ClassifierMixin classifier;
    @Mixin private ThreadsMixin threads;
    @Mixin private DeviceMixin device;
    @Mixin private OutputOptions output;

    TrainCommand(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public Integer call() {
        if (events) {
            ParentWatch.start(System.in);
        }
        AdapterFolder.requireFree(out);
        // Bad values are told before a base is downloaded for them.
        recipeOptions.recipe(Integer.MAX_VALUE);
        checkpoints.policy();
        threads.threads();
        device.given();
        Optional<Adapter> start = fromAdapter.map(this::readStart);
        TrainingData rows = readData(start);
        ClassifierOptions asked = classifier.options(rows.labels().names());
        BaseModel baseModel =
                workshop.base(base.or(() -> start.map(adapter -> adapter.config().baseModel())));
        PreparedBase prepared = workshop.preparedBases().prepare(baseModel);
        TrainingRecipe chosen = recipeOptions.recipe(prepared.model().config().maxPositions());
        ClassifierOptions options =
                start.map(adapter -> continued(adapter, prepared, asked)).orElse(asked);
        FineTuningRequest request = new FineTuningRequest(baseModel, rows, options, chosen, start);
        train(prepared, request);
        return 0;
    }

    private void train(PreparedBase prepared, FineTuningRequest request) {
        Console console = workshop.console();
        try (OrtRuntime runtime = device.openForTraining(threads.threads(), console);
                TextTokenizer tokenizer = TextTokenizer.of(prepared.tokenizerFile())) {
            FineTuning run = new FineTuning(runtime, prepared, request);
            console.notice(run.counts().peftLine());
            Optional<CheckpointFolder> saved = checkpoints.folder(run.fingerprint());
            try {
                TrainingResult result = trained(run, tokenizer, saved);
                AdapterFolder.write(out, run.adapter(result, Clock.systemUTC()));
                saved.ifPresent(CheckpointFolder::clear);
                new TrainingSummary(out, request, run.counts(), result).print(console);
            } finally {
                saved.ifPresent(CheckpointFolder::close);
            }
        }
    }

    private TrainingResult trained(
            FineTuning run, TextTokenizer tokenizer, Optional<CheckpointFolder> saved) {
        TrainingView progress =
                events
                        ? new TrainingEvents(
                                workshop.console().out(), eventsFile.map(EventsFile::open))
                        : new TrainingConsole(workshop.console());
        try {
            return saved.isPresent()
                    ? resumable(run, tokenizer, progress, saved.get())
                            .orElseThrow(TrainCommand::stopped)
                    : run.run(tokenizer, progress, Optional.empty(), epochs(run)).orElseThrow();
        } finally {
            progress.close();
        }
    }

    private RunControl epochs(FineTuning run) {
        return epochAdapters
                .<RunControl>map(folder -> new EpochAdapters(run, folder, EPOCHS_KEPT))
                .orElse(RunControl.TO_THE_END);
    }

    private static UnavailableException stopped() {
        return new UnavailableException(
                ErrorCode.STOPPED,
                "The training was stopped; it is saved.",
                "Run the same command again to go on.");
    }

    private Optional<TrainingResult> resumable(
            FineTuning run,
            TextTokenizer tokenizer,
            TrainingView progress,
            CheckpointFolder folder) {
        Optional<Checkpoint> from = folder.latest();
        from.ifPresent(checkpoint -> progress.goesOn(checkpoint.state().progress().step()));
        Checkpointing control = new Checkpointing(folder, checkpoints.policy(), progress);
        try (StopSignal signal = new StopSignal(control::stop, GRACE)) {
            return run.run(tokenizer, progress, from, epochs(run).and(control));
        }
    }

    private Adapter readStart(Path folder) {
        for (String option : LORA_OPTIONS) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new InvalidInputException(
                        ErrorCode.INVALID_OPTION,
                        option + " cannot be combined with --from-adapter.",
                        "Leave it out: the adapter's own options hold.");
            }
        }
        return AdapterFolder.read(folder).adapter();
    }

    private TrainingData readData(Optional<Adapter> start) {
        ProblemType problemType =
                start.map(adapter -> adapter.labels().problemType())
                        .orElseGet(classifier::problemType);
        DatasetReader reader = data.reader(problemType);
        Dataset training = reader.read(data.training());
        Optional<Dataset> validationRows = data.validation().map(reader::read);
        Optional<LabelSet> labels = data.labels();
        if (labels.isPresent()) {
            return TrainingData.of(training, validationRows, labels.get(), problemType);
        }
        if (start.isPresent()) {
            List<String> names = start.get().labels().labels();
            LabelSet ofData = LabelSet.fromTraining(training);
            // An adapter without label names takes the data's.
            LabelSet chosen =
                    names.get(0).equals("LABEL_0") && ofData.size() == names.size()
                            ? ofData
                            : LabelSet.of(names);
            return TrainingData.of(training, validationRows, chosen, problemType);
        }
        return TrainingData.of(training, validationRows, problemType);
    }

    private static ClassifierOptions continued(
            Adapter adapter, PreparedBase prepared, ClassifierOptions asked) {
        ClassifierOptions stored = adapter.toOptions(prepared.model());
        return new ClassifierOptions(
                stored.lora(),
                asked.labels(),
                stored.problemType(),
                asked.labelWeights(),
                asked.modelDropout(),
                stored.modulesToSave());
    }
}
