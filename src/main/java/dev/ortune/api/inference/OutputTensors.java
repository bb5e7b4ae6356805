package dev.ortune.api.inference;

import dev.ortune.serve.Classification;
import dev.ortune.serve.ClassificationAnswer;
import dev.ortune.serve.LabelScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Answers as tensors. */
final class OutputTensors {

    private OutputTensors() {}

    static List<OutputTensor> of(ClassificationAnswer answer, List<RequestedOutput> requested) {
        return requested.stream().map(output -> of(answer, output)).toList();
    }

    private static OutputTensor of(ClassificationAnswer answer, RequestedOutput output) {
        List<Classification> results = answer.results();
        String name = output.name().word();
        long texts = results.size();
        return switch (output.name()) {
            case LABEL ->
                    new OutputTensor.Texts(
                            name,
                            List.of(texts),
                            results.stream().map(Classification::label).toList());
            case SCORE ->
                    new OutputTensor.Floats(
                            name,
                            List.of(texts),
                            results.stream().map(result -> (float) result.score()).toList());
            case PROBABILITIES ->
                    perLabel(
                            output,
                            answer.model().labelNames(),
                            results.stream().map(OutputTensors::probabilities).toList());
            case LOGITS ->
                    perLabel(
                            output,
                            answer.model().labelNames(),
                            results.stream().map(OutputTensors::logits).toList());
        };
    }

    private static OutputTensor perLabel(
            RequestedOutput output, List<String> labels, List<List<Float>> rows) {
        String name = output.name().word();
        if (output.classification().isPresent()) {
            int count = (int) Math.min(labels.size(), output.classification().getAsLong());
            return new OutputTensor.Texts(
                    name,
                    List.of((long) rows.size(), (long) count),
                    rows.stream().flatMap(row -> highest(row, labels, count).stream()).toList());
        }
        List<Float> data = new ArrayList<>(rows.size() * labels.size());
        rows.forEach(data::addAll);
        return new OutputTensor.Floats(
                name, List.of((long) rows.size(), (long) labels.size()), data);
    }

    private static List<String> highest(List<Float> row, List<String> labels, int count) {
        return IntStream.range(0, row.size())
                .boxed()
                .sorted(Comparator.comparing(row::get, Comparator.reverseOrder()))
                .limit(count)
                .map(index -> row.get(index) + ":" + index + ":" + labels.get(index))
                .toList();
    }

    private static List<Float> probabilities(Classification result) {
        return result.scores().stream().map(LabelScore::score).map(Double::floatValue).toList();
    }

    private static List<Float> logits(Classification result) {
        List<Float> logits = new ArrayList<>(result.logits().length);
        for (float logit : result.logits()) {
            logits.add(logit);
        }
        return logits;
    }
}
