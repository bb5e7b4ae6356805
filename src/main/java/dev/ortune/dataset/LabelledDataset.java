package dev.ortune.dataset;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.ProblemType;
import java.util.ArrayList;
import java.util.List;

/**
 * A dataset whose labels are indices into a label set, in the order of the file.
 *
 * @param examples all with {@link SingleLabelTarget} or all with {@link MultiLabelTarget}, as the
 *     problem type says
 */
public record LabelledDataset(
        List<LabelledExample> examples,
        LabelSet labels,
        ProblemType problemType,
        DatasetSource source) {

    public LabelledDataset {
        examples = List.copyOf(examples);
    }

    /**
     * Looks the labels up.
     *
     * @throws InvalidInputException {@code DATASET_UNKNOWN_LABEL} with the row and the label
     */
    public static LabelledDataset of(Dataset dataset, LabelSet labels, ProblemType problemType) {
        List<LabelledExample> examples = new ArrayList<>(dataset.examples().size());
        long row = 0;
        for (Example example : dataset.examples()) {
            row++;
            List<Integer> indices = new ArrayList<>(example.labels().size());
            for (String label : example.labels()) {
                if (labels.indexOf(label).isEmpty()) {
                    throw unknownLabel(dataset, row, label, labels);
                }
                indices.add(labels.indexOf(label).getAsInt());
            }
            examples.add(new LabelledExample(example.text(), target(indices, labels, problemType)));
        }
        return new LabelledDataset(examples, labels, problemType, dataset.source());
    }

    private static Target target(List<Integer> indices, LabelSet labels, ProblemType problemType) {
        return switch (problemType) {
            case SINGLE_LABEL -> {
                if (indices.size() != 1) {
                    throw new IllegalArgumentException(
                            indices.size() + " labels in a single-label dataset");
                }
                yield new SingleLabelTarget(indices.get(0));
            }
            case MULTI_LABEL -> new MultiLabelTarget(indices, labels.size());
        };
    }

    private static InvalidInputException unknownLabel(
            Dataset dataset, long row, String label, LabelSet labels) {
        return new InvalidInputException(
                ErrorCode.DATASET_UNKNOWN_LABEL,
                dataset.source().fileName()
                        + ", row "
                        + row
                        + ": the label \""
                        + label
                        + "\" is not one of "
                        + shown(labels)
                        + ".",
                "Correct the label, add it to the labels, or remove the row.");
    }

    private static String shown(LabelSet labels) {
        int most = 20;
        String first = String.join(", ", labels.names().subList(0, Math.min(most, labels.size())));
        return labels.size() > most ? first + ", ... (" + labels.size() + " labels)" : first;
    }
}
