package dev.ortune.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.console.Console;
import dev.ortune.console.OutputOptions;
import dev.ortune.dataset.DatasetColumns;
import dev.ortune.dataset.DatasetOptions;
import dev.ortune.dataset.DatasetReader;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.ProblemType;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.serve.Classification;
import dev.ortune.serve.LabelScore;
import dev.ortune.serve.ModelLoader;
import dev.ortune.serve.TextClassifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ortune predict}: labels for a text or a file. */
@Command(
        name = "predict",
        header = "Labels for a text or a file.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Classifies a text, or every row of a file, with a trained adapter.")
final class PredictCommand implements Callable<Integer> {

    private static final int CHUNK_TEXTS = 256;
    private static final int SHOWN_CHARACTERS = 70;

    private final Workshop workshop;
    private final JsonMapper mapper = JsonMapper.builder().build();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "An adapter folder that ortune train or PEFT wrote.")
    private Path model;

    @ArgGroup(multiplicity = "1")
    private Input input;

    @Option(
            names = "--base",
            paramLabel = "DIR|NAME",
            description = "The base, in place of the one that the adapter names.")
    private Optional<String> base = Optional.empty();

    @Option(
            names = "--text-column",
            paramLabel = "NAME",
            defaultValue = "text",
            description = "The file's field with the text (${DEFAULT-VALUE}).")
    private String textColumn;

    @Mixin private ThreadsMixin threads;
    @Mixin private DeviceMixin device;
    @Mixin private OutputOptions output;

    /** One text or a file of them. */
    static final class Input {

        @Option(names = "--text", paramLabel = "TEXT", description = "The text to classify.")
        private Optional<String> text = Optional.empty();

        @Option(
                names = "--data",
                paramLabel = "FILE",
                description = "A file of texts: CSV, TSV, JSON Lines or JSON.")
        private Optional<Path> data = Optional.empty();
    }

    PredictCommand(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public Integer call() {
        device.given();
        List<String> texts = texts();
        try (OrtRuntime runtime = device.openForInference(threads.threads(), workshop.console())) {
            ModelLoader loader =
                    new ModelLoader(runtime, workshop.resolver(), workshop.preparedBases());
            try (TextClassifier classifier = loader.open("model", model, base).classifier()) {
                for (int start = 0; start < texts.size(); start += CHUNK_TEXTS) {
                    List<String> chunk =
                            texts.subList(start, Math.min(texts.size(), start + CHUNK_TEXTS));
                    List<Classification> answers = classifier.classify(chunk);
                    for (int i = 0; i < chunk.size(); i++) {
                        print(chunk.get(i), answers.get(i));
                    }
                }
            }
        }
        return 0;
    }

    private List<String> texts() {
        if (input.text.isPresent()) {
            String text = input.text.get();
            if (text.isBlank()) {
                throw new InvalidInputException(
                        ErrorCode.INVALID_OPTION, "--text is blank.", "Give a text to classify.");
            }
            return List.of(text);
        }
        DatasetOptions options =
                new DatasetOptions(
                        new DatasetColumns(textColumn, "label"),
                        ProblemType.SINGLE_LABEL,
                        DatasetOptions.DEFAULT_MAX_ROW_BYTES);
        return new DatasetReader(options).readUnlabelled(input.data.orElseThrow()).texts();
    }

    private void print(String text, Classification answer) {
        Console console = workshop.console();
        if (console.json()) {
            console.out().println(json(answer));
        } else {
            String shown =
                    text.length() <= SHOWN_CHARACTERS
                            ? text
                            : text.substring(0, SHOWN_CHARACTERS) + "...";
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%.4f  %s  %s%n",
                            answer.score(),
                            answer.label(),
                            shown.replaceAll("\\s+", " "));
        }
    }

    private ObjectNode json(Classification answer) {
        ObjectNode row = mapper.createObjectNode();
        row.put("label", answer.label());
        row.put("score", answer.score());
        ObjectNode scores = row.putObject("scores");
        for (LabelScore score : answer.scores()) {
            scores.put(score.label(), score.score());
        }
        row.set("logits", mapper.valueToTree(answer.logits()));
        return row;
    }
}
