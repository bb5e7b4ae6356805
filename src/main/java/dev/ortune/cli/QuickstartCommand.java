package dev.ortune.cli;

import dev.ortune.adapter.AdapterFolder;
import dev.ortune.base.BaseModel;
import dev.ortune.console.Console;
import dev.ortune.console.OutputOptions;
import dev.ortune.dataset.BundledReviews;
import dev.ortune.dataset.TrainingData;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.ProblemType;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.serve.Classification;
import dev.ortune.tokenizer.TextTokenizer;
import dev.ortune.tokenizer.TruncationSide;
import dev.ortune.train.FineTuning;
import dev.ortune.train.FineTuningRequest;
import dev.ortune.train.Schedule;
import dev.ortune.train.TrainingRecipe;
import dev.ortune.train.TrainingResult;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ortune quickstart}: from nothing to a served classifier, on the bundled reviews. */
@Command(
        name = "quickstart",
        header = "A fine-tuned, served classifier in minutes, on bundled reviews.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Fine-tunes a classifier on 1,000 bundled movie reviews, shows five sentences before and",
            "after, and serves it on port 8080."
        })
final class QuickstartCommand implements Callable<Integer> {

    private static final String MODEL_NAME = "reviews";

    private final Workshop workshop;
    private final ServiceLauncher launcher;

    @Option(names = "--no-serve", description = "End after training.")
    private boolean noServe;

    @Option(
            names = "--base",
            paramLabel = "DIR|NAME",
            description = "Another base than the default.")
    private Optional<String> base = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "models/" + MODEL_NAME,
            description = "The adapter folder to write, replaced if it is one (${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The port to serve on (${DEFAULT-VALUE}).")
    private int port;

    @Mixin private ThreadsMixin threads;
    @Mixin private DeviceMixin device;
    @Mixin private OutputOptions output;

    QuickstartCommand(Workshop workshop, ServiceLauncher launcher) {
        this.workshop = workshop;
        this.launcher = launcher;
    }

    @Override
    public Integer call() {
        HttpPort.setting(port);
        device.given();
        if (!noServe) {
            HttpPort.requireFree(port);
        }
        if (!AdapterFolder.isAdapter(out)) {
            AdapterFolder.requireFree(out);
        }
        trainAndShow();
        return noServe ? 0 : serve();
    }

    /**
     * The end of each review, since reviewers sum up there; docs/performance.md has what other lengths
     * and epochs gave.
     */
    static TrainingRecipe recipe(int maxPositions) {
        return new TrainingRecipe(
                1,
                4,
                1,
                1e-3,
                0.01,
                0,
                OptionalDouble.of(1),
                Schedule.LINEAR,
                Math.min(256, maxPositions),
                TruncationSide.LEFT,
                0,
                true,
                false,
                true,
                OptionalInt.empty(),
                Optional.empty());
    }

    private void trainAndShow() {
        Console console = workshop.console();
        console.notice("1/4 Base model");
        BaseModel baseModel = workshop.base(base);
        PreparedBase prepared = workshop.preparedBases().prepare(baseModel);
        console.notice("    " + baseModel.name() + " (" + baseModel.origin().description() + ")");

        console.notice("2/4 Data: 1,000 + 1,000 IMDB reviews (Maas et al. 2011)");
        TrainingData data = new BundledReviews().trainingData();
        // The base's own dropouts take time and bring nothing in so short a run:
        // docs/performance.md.
        ClassifierOptions options =
                new ClassifierOptions(
                        LoraOptions.DEFAULTS,
                        data.labels().names(),
                        ProblemType.SINGLE_LABEL,
                        Optional.empty(),
                        false,
                        Set.of());
        FineTuningRequest request =
                new FineTuningRequest(
                        baseModel,
                        data,
                        options,
                        recipe(prepared.model().config().maxPositions()),
                        Optional.empty());
        try (OrtRuntime runtime = device.openForTraining(threads.threads(), console);
                TextTokenizer tokenizer = TextTokenizer.of(prepared.tokenizerFile())) {
            FineTuning run = new FineTuning(runtime, prepared, request);
            FiveSentences sentences = new FiveSentences(runtime, prepared, request, tokenizer);
            List<Classification> before = sentences.classify(run.options(), run.start());
            console.notice(
                    "3/4 Fine-tuning with LoRA, "
                            + runtime.selection().trainingDevice().label()
                            + ", "
                            + runtime.threads()
                            + " thread(s)");
            console.notice("    " + run.counts().peftLine());
            TrainingConsole progress = new TrainingConsole(console);
            TrainingResult result;
            try {
                result = run.run(tokenizer, progress);
            } finally {
                progress.close();
            }
            AdapterFolder.replace(out, run.adapter(result, Clock.systemUTC()));
            List<Classification> after = sentences.classify(run.options(), result.parameters());
            console.notice("4/4 Done: the adapter is in " + out);
            FiveSentences.report(
                    console,
                    new TrainingSummary(out, request, run.counts(), result),
                    before,
                    after);
        }
    }

    private int serve() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "ortune.models.\"" + MODEL_NAME + "\"",
                out.toAbsolutePath().normalize().toString());
        settings.put("quarkus.http.port", HttpPort.setting(port));
        base.ifPresent(value -> settings.put("ortune.base", value));
        settings.put("ortune.threads", Integer.toString(threads.threads()));
        device.given().ifPresent(request -> settings.put("ortune.device", request.word()));
        String url = "http://127.0.0.1:" + port + "/v1/models/" + MODEL_NAME + "/classify";
        return launcher.run(
                settings,
                List.of(
                        "Serving. Classify your own text (Ctrl-C ends):",
                        "  curl -s "
                                + url
                                + " -H 'Content-Type: application/json' -d '{\"text\": \"I would"
                                + " watch it again.\"}'"));
    }
}
