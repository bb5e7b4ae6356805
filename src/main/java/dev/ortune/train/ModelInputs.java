package dev.ortune.train;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.dataset.MultiLabelTarget;
import dev.ortune.dataset.SingleLabelTarget;
import dev.ortune.dataset.Target;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.ort.HostTensor;
import dev.ortune.ort.TextBatch;
import java.util.List;
import java.util.Map;

/** Turns tokenized examples into the graphs' inputs. */
final class ModelInputs {

    private ModelInputs() {}

    /** Text inputs and labels of a batch. */
    static Map<String, HostTensor> of(List<TokenizedExample> examples) {
        Map<String, HostTensor> inputs =
                TextBatch.of(examples.stream().map(TokenizedExample::tokens).toList());
        inputs.put(
                ClassifierGraphs.LABELS,
                labels(examples.stream().map(TokenizedExample::target).toList()));
        return inputs;
    }

    private static HostTensor labels(List<Target> targets) {
        if (targets.get(0) instanceof SingleLabelTarget) {
            long[] classes =
                    targets.stream()
                            .mapToLong(target -> ((SingleLabelTarget) target).classIndex())
                            .toArray();
            return new HostTensor.Longs(TensorShape.of(classes.length), classes);
        }
        int labelCount = ((MultiLabelTarget) targets.get(0)).labelCount();
        float[] values = new float[targets.size() * labelCount];
        for (int row = 0; row < targets.size(); row++) {
            for (int label : ((MultiLabelTarget) targets.get(row)).labelIndices()) {
                values[row * labelCount + label] = 1;
            }
        }
        return new HostTensor.Floats(TensorShape.of(targets.size(), labelCount), values);
    }
}
