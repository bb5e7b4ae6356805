package dev.ortune.evaluation;

import dev.ortune.dataset.LabelSet;
import dev.ortune.dataset.SingleLabelTarget;
import dev.ortune.dataset.Target;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

final class SingleLabelAccumulator implements EvaluationAccumulator {

    private final LabelSet labels;
    private final long[][] counts;
    private final CalibrationBins calibration = new CalibrationBins();
    private long examples;

    SingleLabelAccumulator(LabelSet labels) {
        this.labels = labels;
        this.counts = new long[labels.size()][labels.size()];
    }

    @Override
    public void add(float[] logits, Target target) {
        if (!(target instanceof SingleLabelTarget single)) {
            throw new IllegalArgumentException("a multi-label target for a single-label model");
        }
        Logits.requireFinite(logits, labels.size(), examples + 1);
        int answer = Logits.largest(logits);
        counts[single.classIndex()][answer]++;
        calibration.add(Probabilities.softmax(logits)[answer], answer == single.classIndex());
        examples++;
    }

    @Override
    public Evaluation evaluation(double loss) {
        List<LabelMetrics> metrics =
                IntStream.range(0, labels.size()).mapToObj(this::metrics).toList();
        return new SingleLabelEvaluation(
                examples,
                loss,
                LabelMetrics.quotient(
                        metrics.stream().mapToLong(LabelMetrics::truePositives).sum(), examples),
                metrics.stream().mapToDouble(LabelMetrics::f1).average().orElse(0),
                OptionalDouble.of(calibration.error()),
                metrics,
                new ConfusionMatrix(counts));
    }

    private LabelMetrics metrics(int label) {
        long right = counts[label][label];
        long answered = 0;
        long support = 0;
        for (int other = 0; other < counts.length; other++) {
            answered += counts[other][label];
            support += counts[label][other];
        }
        return LabelMetrics.of(labels.name(label), right, answered - right, support - right);
    }
}
