package dev.ortune.cli;

import dev.ortune.console.Console;
import dev.ortune.console.OutputOptions;
import dev.ortune.dataset.LabelSet;
import dev.ortune.dataset.check.DataCheck;
import dev.ortune.dataset.check.DataCheckReport;
import dev.ortune.dataset.check.TokenLengths;
import dev.ortune.export.PreparedBase;
import dev.ortune.export.cli.ProblemTypeConverter;
import dev.ortune.graph.ProblemType;
import dev.ortune.tokenizer.TextTokenizer;
import dev.ortune.tokenizer.TruncationSide;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ortune check}: data files looked through before they are trained on. */
@Command(
        name = "check",
        header = "What is wrong with data files, before they are trained on.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reports faulty rows, duplicates, training texts among the validation rows, the balance of",
            "labels, and texts that will be cut. Exit code 2 when train would refuse the files."
        })
final class CheckCommand implements Callable<Integer> {

    private static final int DEFAULT_MAX_TOKENS = 512;

    /** As for any other command. */
    private static final int BAD_INPUT = 2;

    private final Workshop workshop;

    @Mixin private DataMixin data;

    @Option(
            names = "--problem-type",
            paramLabel = "TYPE",
            defaultValue = "single_label",
            converter = ProblemTypeConverter.class,
            description =
                    "single_label: one label per text; multi_label: any number (${DEFAULT-VALUE}).")
    private ProblemType problemType;

    @Option(
            names = "--base",
            paramLabel = "DIR|NAME",
            description = "The base whose tokenizer measures the texts.")
    private Optional<String> base = Optional.empty();

    @Option(
            names = "--max-length",
            paramLabel = "TOKENS",
            description = "Longer texts will be cut to so many tokens (512 or the base's limit).")
    private Optional<Integer> maxTokens = Optional.empty();

    @Mixin private OutputOptions output;

    CheckCommand(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public Integer call() {
        // Bad names are told before a base is downloaded.
        Optional<LabelSet> labels = data.labels();
        PreparedBase prepared = workshop.preparedBases().prepare(workshop.base(base));
        int positions = prepared.model().config().maxPositions();
        int limit = maxTokens.orElse(Math.min(DEFAULT_MAX_TOKENS, positions));
        DataCheckReport report;
        try (TextTokenizer tokenizer = TextTokenizer.of(prepared.tokenizerFile())) {
            TokenLengths lengths =
                    new TokenLengths(
                            text ->
                                    tokenizer.encode(text, Integer.MAX_VALUE, TruncationSide.RIGHT)
                                            .length,
                            limit);
            report =
                    new DataCheck(data.reader(problemType), labels, Optional.of(lengths))
                            .check(data.training(), data.validation());
        }
        Console console = workshop.console();
        DataCheckView view = new DataCheckView(report);
        if (console.json()) {
            console.out().println(view.json());
        } else {
            view.lines().forEach(console.out()::println);
        }
        return report.usable() ? 0 : BAD_INPUT;
    }
}
