package dev.ortune.evaluation;

import dev.ortune.dataset.LabelSet;
import dev.ortune.dataset.MultiLabelTarget;
import dev.ortune.dataset.Target;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

final class MultiLabelAccumulator implements EvaluationAccumulator {

    private final LabelSet labels;
    private final long[] truePositives;
    private final long[] falsePositives;
    private final long[] falseNegatives;
    private final CalibrationBins calibration = new CalibrationBins();
    private long examples;
    private long whollyRight;

    MultiLabelAccumulator(LabelSet labels) {
        this.labels = labels;
        this.truePositives = new long[labels.size()];
        this.falsePositives = new long[labels.size()];
        this.falseNegatives = new long[labels.size()];
    }

    @Override
    public void add(float[] logits, Target target) {
        if (!(target instanceof MultiLabelTarget multi)) {
            throw new IllegalArgumentException("a single-label target for a multi-label model");
        }
        Logits.requireFinite(logits, labels.size(), examples + 1);
        boolean[] wanted = multi.flags();
        double[] probabilities = Probabilities.sigmoid(logits);
        boolean right = true;
        for (int label = 0; label < wanted.length; label++) {
            // A logit of 0 is a probability of 0.5.
            boolean answered = logits[label] >= 0;
            calibration.add(probabilities[label], wanted[label]);
            right &= answered == wanted[label];
            if (answered && wanted[label]) {
                truePositives[label]++;
            } else if (answered) {
                falsePositives[label]++;
            } else if (wanted[label]) {
                falseNegatives[label]++;
            }
        }
        examples++;
        whollyRight += right ? 1 : 0;
    }

    @Override
    public Evaluation evaluation(double loss) {
        List<LabelMetrics> metrics =
                IntStream.range(0, labels.size()).mapToObj(this::metrics).toList();
        return new MultiLabelEvaluation(
                examples,
                loss,
                LabelMetrics.quotient(whollyRight, examples),
                LabelMetrics.f1(
                        LongStream.of(truePositives).sum(),
                        LongStream.of(falsePositives).sum(),
                        LongStream.of(falseNegatives).sum()),
                metrics.stream().mapToDouble(LabelMetrics::f1).average().orElse(0),
                OptionalDouble.of(calibration.error()),
                metrics);
    }

    private LabelMetrics metrics(int label) {
        return LabelMetrics.of(
                labels.name(label),
                truePositives[label],
                falsePositives[label],
                falseNegatives[label]);
    }
}
