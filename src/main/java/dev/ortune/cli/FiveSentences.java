package dev.ortune.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.console.Console;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.serve.Classification;
import dev.ortune.serve.TextClassifier;
import dev.ortune.tokenizer.TextTokenizer;
import dev.ortune.train.FineTuningRequest;
import java.util.List;
import java.util.Locale;

/** Five short reviews that no training row holds, to see what training changed. */
final class FiveSentences {

    private static final List<String> SENTENCES =
            List.of(
                    "It was good.",
                    "Not a fan, don't recommend.",
                    "Better than the first one.",
                    "This is not worth watching even once.",
                    "This one is a pass.");

    private final OrtRuntime runtime;
    private final PreparedBase base;
    private final FineTuningRequest request;
    private final TextTokenizer tokenizer;

    FiveSentences(
            OrtRuntime runtime,
            PreparedBase base,
            FineTuningRequest request,
            TextTokenizer tokenizer) {
        this.runtime = runtime;
        this.base = base;
        this.request = request;
        this.tokenizer = tokenizer;
    }

    /** The answers of a model with the given parameters. */
    List<Classification> classify(ClassifierOptions options, List<FloatTensor> parameters) {
        try (TextClassifier classifier =
                TextClassifier.of(
                        runtime,
                        base,
                        options,
                        parameters,
                        tokenizer,
                        request.recipe().maxTokens(),
                        request.recipe().truncationSide())) {
            return classifier.classify(SENTENCES);
        }
    }

    /** Shows both answers side by side; as JSON within the run's summary. */
    static void report(
            Console console,
            TrainingSummary summary,
            List<Classification> before,
            List<Classification> after) {
        if (console.json()) {
            console.out().println(json(summary, before, after));
            return;
        }
        console.out().printf(Locale.ROOT, "%n%-40s  %-16s  %-16s%n", "", "before", "after");
        for (int i = 0; i < SENTENCES.size(); i++) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%-40s  %-16s  %-16s%n",
                            SENTENCES.get(i),
                            answer(before.get(i)),
                            answer(after.get(i)));
        }
        console.out().println();
    }

    private static ObjectNode json(
            TrainingSummary summary, List<Classification> before, List<Classification> after) {
        ObjectNode root = summary.json();
        ArrayNode sentences = root.putArray("sentences");
        for (int i = 0; i < SENTENCES.size(); i++) {
            sentences
                    .addObject()
                    .put("text", SENTENCES.get(i))
                    .put("before", before.get(i).label())
                    .put("before_score", before.get(i).score())
                    .put("after", after.get(i).label())
                    .put("after_score", after.get(i).score());
        }
        return root;
    }

    private static String answer(Classification classification) {
        return String.format(
                Locale.ROOT, "%s %.2f", classification.label(), classification.score());
    }
}
