package dev.ortune.adapter;

import dev.ortune.evaluation.Evaluation;
import dev.ortune.evaluation.LabelMetrics;
import dev.ortune.evaluation.MultiLabelEvaluation;
import dev.ortune.evaluation.SingleLabelEvaluation;
import dev.ortune.graph.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The {@code README.md} of an adapter folder, a model card as the Hugging Face Hub reads it
 * (huggingface/hub-docs, {@code modelcard.md}).
 */
final class ModelCard {

    static final String NAME = "README.md";

    private final NewAdapter source;
    private final TrainingReport training;
    private final Adapter adapter;
    private final Optional<Evaluation> evaluation;

    ModelCard(NewAdapter source) {
        this.source = source;
        this.training = source.training();
        this.adapter = source.adapter();
        this.evaluation = training.kept().flatMap(EpochReport::evaluation);
    }

    String markdown() {
        StringBuilder card = new StringBuilder(new ModelCardHeader(adapter, training).yaml());
        card.append("\n# ").append(title()).append("\n\n").append(summary());
        section(card, "How to use it", usage());
        section(card, "Recipe", recipe());
        section(card, "Epochs", epochs());
        evaluation.ifPresent(result -> section(card, "Evaluation by label", labels(result)));
        if (evaluation.isPresent() && evaluation.get() instanceof SingleLabelEvaluation single) {
            section(card, "Confusion matrix", confusion(single));
        }
        section(card, "Data", data());
        section(card, "Versions", versions());
        return card.toString();
    }

    private String title() {
        return "A text classifier on " + adapter.config().baseModel();
    }

    private String summary() {
        String task =
                adapter.labels().problemType() == ProblemType.SINGLE_LABEL
                        ? "gives each text one of the labels "
                        : "gives each text any number of the labels ";
        String length =
                source.maxTokens()
                        .map(
                                tokens ->
                                        "Texts are cut to "
                                                + tokens
                                                + " tokens, on the "
                                                + source.limits()
                                                        .truncationSide()
                                                        .name()
                                                        .toLowerCase(Locale.ROOT)
                                                + " side.\n")
                        .orElse("");
        return "A LoRA adapter (rank "
                + adapter.config().rank()
                + ", "
                + values()
                + " trained values) that "
                + task
                + String.join(", ", adapter.labels().labels().stream().map(s -> code(s)).toList())
                + ".\nFine-tuned with Ortune, in the format of PEFT.\n"
                + length;
    }

    private String values() {
        long values =
                adapter.parameters().stream().mapToLong(tensor -> tensor.values().length).sum();
        return String.format(Locale.ROOT, "%,d", values);
    }

    private String usage() {
        String base = JsonText.quoted(adapter.config().baseModel());
        return """
        With Ortune:

        ```
        ortune predict --model . --text "…"
        ```

        With PEFT:

        ```python
        from peft import PeftModel
        from transformers import AutoModelForSequenceClassification, AutoTokenizer

        base = AutoModelForSequenceClassification.from_pretrained(%s, num_labels=%d)
        model = PeftModel.from_pretrained(base, ".").eval()
        tokenizer = AutoTokenizer.from_pretrained(".")
        logits = model(**tokenizer("…", truncation=True, return_tensors="pt")).logits
        ```
        """
                .formatted(base, adapter.labels().labels().size());
    }

    private String recipe() {
        MarkdownTable table = new MarkdownTable(List.of("Choice", "Value"));
        training.recipe().forEach((choice, value) -> table.row(List.of(choice, value)));
        return table.text();
    }

    private String epochs() {
        MarkdownTable table =
                new MarkdownTable(
                        List.of("Epoch", "Training loss", "Loss", "Accuracy", "Macro F1"));
        for (EpochReport report : training.epochs()) {
            table.row(
                    List.of(
                            report.epoch()
                                    + (report.epoch() == training.keptEpoch() ? " (kept)" : ""),
                            figure(report.trainingLoss()),
                            figure(report.evaluation().map(Evaluation::loss)),
                            figure(report.evaluation().map(Evaluation::accuracy)),
                            figure(report.evaluation().map(Evaluation::macroF1))));
        }
        return table.text();
    }

    private static String labels(Evaluation result) {
        MarkdownTable table =
                new MarkdownTable(List.of("Label", "Precision", "Recall", "F1", "Examples"));
        for (LabelMetrics label : result.labels()) {
            table.row(
                    List.of(
                            label.label(),
                            figure(label.precision()),
                            figure(label.recall()),
                            figure(label.f1()),
                            Long.toString(label.support())));
        }
        String micro =
                result instanceof MultiLabelEvaluation multi
                        ? "\nMicro F1: " + figure(multi.microF1()) + ".\n"
                        : "";
        return table.text() + micro;
    }

    private static String confusion(SingleLabelEvaluation result) {
        List<String> names = result.labels().stream().map(LabelMetrics::label).toList();
        List<String> header = new ArrayList<>(List.of("Right label"));
        for (int answer = 0; answer < names.size(); answer++) {
            header.add("answered " + (answer + 1));
        }
        MarkdownTable table = new MarkdownTable(header);
        for (int label = 0; label < names.size(); label++) {
            List<String> row = new ArrayList<>(List.of((label + 1) + ": " + names.get(label)));
            for (int answer = 0; answer < names.size(); answer++) {
                row.add(Long.toString(result.confusionMatrix().count(label, answer)));
            }
            table.row(row);
        }
        return table.text();
    }

    private String data() {
        MarkdownTable table = new MarkdownTable(List.of("Used for", "File", "Rows", "SHA-256"));
        for (DataReport report : training.data()) {
            table.row(
                    List.of(
                            report.role(),
                            report.source().fileName(),
                            Long.toString(report.source().rows()),
                            report.source().sha256()));
        }
        return table.text();
    }

    private String versions() {
        StringBuilder list = new StringBuilder();
        training.versions()
                .forEach((name, version) -> list.append("- " + name + " " + version + "\n"));
        return list + "- made on " + training.created() + "\n";
    }

    private static void section(StringBuilder card, String heading, String body) {
        card.append("\n## ").append(heading).append("\n\n").append(body);
    }

    private static String code(String text) {
        return "`" + text.replace("`", "'").replaceAll("\\R", " ") + "`";
    }

    private static String figure(Optional<Double> value) {
        return value.map(ModelCard::figure).orElse("");
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
