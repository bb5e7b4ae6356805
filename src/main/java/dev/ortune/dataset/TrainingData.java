package dev.ortune.dataset;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.ProblemType;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run trains and validates on, checked as a whole.
 *
 * @param validation over the same labels as the training set
 */
public record TrainingData(LabelledDataset training, Optional<LabelledDataset> validation) {

    /**
     * Labels from the training set itself.
     *
     * @throws InvalidInputException {@code DATASET_ONE_LABEL} when the training set has fewer than
     *     two labels, {@code DATASET_UNKNOWN_LABEL} when a validation row has a label that no
     *     training row has
     */
    public static TrainingData of(
            Dataset training, Optional<Dataset> validation, ProblemType problemType) {
        return of(training, validation, LabelSet.fromTraining(training), problemType);
    }

    /**
     * Labels given by the user.
     *
     * @throws InvalidInputException as above, and {@code DATASET_UNKNOWN_LABEL} for any row with a
     *     label outside the set
     */
    public static TrainingData of(
            Dataset training,
            Optional<Dataset> validation,
            LabelSet labels,
            ProblemType problemType) {
        LabelledDataset encoded = LabelledDataset.of(training, labels, problemType);
        Set<String> trained = new LinkedHashSet<>();
        encoded.examples().forEach(example -> trained.addAll(names(example.target(), labels)));
        LabelSet.requireSeveral(training, trained);
        Optional<LabelledDataset> encodedValidation =
                validation.map(rows -> LabelledDataset.of(rows, labels, problemType));
        encodedValidation.ifPresent(rows -> requireTrained(rows, new HashSet<>(trained)));
        return new TrainingData(encoded, encodedValidation);
    }

    public LabelSet labels() {
        return training.labels();
    }

    private static void requireTrained(LabelledDataset validation, Set<String> trained) {
        long row = 0;
        for (LabelledExample example : validation.examples()) {
            row++;
            for (String name : names(example.target(), validation.labels())) {
                if (!trained.contains(name)) {
                    throw new InvalidInputException(
                            ErrorCode.DATASET_UNKNOWN_LABEL,
                            validation.source().fileName()
                                    + ", row "
                                    + row
                                    + ": no training row has the label \""
                                    + name
                                    + "\".",
                            "Add training rows with this label, or remove the validation row.");
                }
            }
        }
    }

    private static List<String> names(Target target, LabelSet labels) {
        if (target instanceof SingleLabelTarget single) {
            return List.of(labels.name(single.classIndex()));
        }
        return ((MultiLabelTarget) target).labelIndices().stream().map(labels::name).toList();
    }
}
