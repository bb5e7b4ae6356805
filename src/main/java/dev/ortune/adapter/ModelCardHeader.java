package dev.ortune.adapter;

import dev.ortune.evaluation.Evaluation;
import dev.ortune.evaluation.MultiLabelEvaluation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The YAML front matter of a model card; every text in it is quoted as JSON, a subset of YAML. */
final class ModelCardHeader {

    private static final MathContext SIX_DIGITS = new MathContext(6);

    private final Adapter adapter;
    private final TrainingReport training;

    ModelCardHeader(Adapter adapter, TrainingReport training) {
        this.adapter = adapter;
        this.training = training;
    }

    String yaml() {
        StringBuilder yaml = new StringBuilder("---\nlibrary_name: peft\n");
        yaml.append("base_model: ").append(JsonText.quoted(adapter.config().baseModel()));
        yaml.append("\npipeline_tag: text-classification\n");
        yaml.append("tags:\n- lora\n- ortune\n- text-classification\n");
        Optional<Evaluation> evaluation = training.kept().flatMap(EpochReport::evaluation);
        evaluation.ifPresent(result -> yaml.append(results(metrics(result))));
        return yaml.append("---\n").toString();
    }

    private String results(Map<String, Double> metrics) {
        StringBuilder yaml = new StringBuilder("metrics:\n");
        yaml.append("- accuracy\n- f1\n");
        yaml.append("model-index:\n- name: ");
        yaml.append(JsonText.quoted("Classifier on " + adapter.config().baseModel()));
        yaml.append("\n  results:\n  - task:\n      type: text-classification\n    dataset:\n");
        String dataset = JsonText.quoted(evaluatedOn());
        yaml.append("      type: ").append(dataset);
        yaml.append("\n      name: ").append(dataset);
        yaml.append("\n    metrics:\n");
        metrics.forEach(
                (name, value) ->
                        yaml.append("    - type: ")
                                .append(name.endsWith("F1") ? "f1" : name)
                                .append("\n      name: ")
                                .append(JsonText.quoted(name))
                                .append("\n      value: ")
                                .append(new BigDecimal(value).round(SIX_DIGITS).toPlainString())
                                .append('\n'));
        return yaml.toString();
    }

    private String evaluatedOn() {
        return training.data().stream()
                .filter(report -> report.role().equals("validation"))
                .map(report -> report.source().fileName())
                .findFirst()
                .orElse("validation");
    }

    private static Map<String, Double> metrics(Evaluation result) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", result.accuracy());
        metrics.put("macro F1", result.macroF1());
        if (result instanceof MultiLabelEvaluation multi) {
            metrics.put("micro F1", multi.microF1());
        }
        metrics.put("loss", result.loss());
        return metrics;
    }
}
