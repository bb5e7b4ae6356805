package dev.ortune.dataset;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The labels of a classifier, {@value #MIN_LABELS} to {@value #MAX_LABELS}; the order is that of
 * the logits.
 */
public final class LabelSet {

    public static final int MIN_LABELS = 2;
    public static final int MAX_LABELS = 1000;

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?");
    private static final Comparator<String> NUMERIC_ORDER =
            Comparator.<String, BigDecimal>comparing(BigDecimal::new)
                    .thenComparing(Comparator.naturalOrder());

    private final List<String> names;
    private final Map<String, Integer> indices;

    private LabelSet(List<String> names, boolean acceptsIndices) {
        this.names = List.copyOf(names);
        Map<String, Integer> byName = new HashMap<>();
        for (int index = 0; index < names.size(); index++) {
            byName.put(names.get(index), index);
            if (acceptsIndices) {
                byName.put(Integer.toString(index), index);
            }
        }
        this.indices = Map.copyOf(byName);
    }

    /**
     * The distinct labels of a training set: in numeric order where all are numbers, else in
     * lexicographic order.
     *
     * @throws InvalidInputException {@code DATASET_ONE_LABEL} for fewer than two, {@code
     *     DATASET_INVALID_ROW} for more than {@value #MAX_LABELS}
     */
    public static LabelSet fromTraining(Dataset training) {
        Set<String> found = new LinkedHashSet<>();
        List<Example> examples = training.examples();
        for (int row = 1; row <= examples.size(); row++) {
            found.addAll(examples.get(row - 1).labels());
            if (found.size() > MAX_LABELS) {
                throw new InvalidInputException(
                        ErrorCode.DATASET_INVALID_ROW,
                        training.source().fileName()
                                + ", row "
                                + row
                                + ": its label is number "
                                + found.size()
                                + "; at most "
                                + MAX_LABELS
                                + " different labels are allowed.",
                        "Check that the label column holds labels, or merge the rare ones.");
            }
        }
        requireSeveral(training, found);
        return new LabelSet(inOrder(found), false);
    }

    /** Labels of training rows in the order of the logits. */
    public static List<String> inOrder(Collection<String> labels) {
        List<String> sorted = new ArrayList<>(labels);
        boolean numeric = sorted.stream().allMatch(LabelSet::isNumber);
        sorted.sort(numeric ? NUMERIC_ORDER : Comparator.naturalOrder());
        return sorted;
    }

    /**
     * Labels named by the user. A dataset may then hold either the names or the indices 0 to n-1
     * (unless a name is itself a number, where indices would be ambiguous).
     *
     * @throws InvalidInputException {@code INVALID_OPTION} for too few, too many, blank or repeated
     *     names
     */
    public static LabelSet of(List<String> names) {
        if (names.size() < MIN_LABELS || names.size() > MAX_LABELS) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    names.size() + " label names were given.",
                    "Give " + MIN_LABELS + " to " + MAX_LABELS + " label names.");
        }
        Set<String> seen = new HashSet<>();
        List<String> stripped = names.stream().map(String::strip).toList();
        for (String name : stripped) {
            if (name.isEmpty() || !seen.add(name)) {
                throw new InvalidInputException(
                        ErrorCode.INVALID_OPTION,
                        name.isEmpty()
                                ? "A label name is blank."
                                : "The label name \"" + name + "\" is given twice.",
                        "Give each label a name of its own.");
            }
        }
        return new LabelSet(stripped, stripped.stream().noneMatch(LabelSet::isNumber));
    }

    /** The names in the order of the logits. */
    public List<String> names() {
        return names;
    }

    public int size() {
        return names.size();
    }

    public String name(int index) {
        return names.get(index);
    }

    /** The index of a label as it stands in a dataset, or empty for a label not in the set. */
    public OptionalInt indexOf(String label) {
        Integer index = indices.get(label);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    static void requireSeveral(Dataset training, Set<String> found) {
        if (found.size() < MIN_LABELS) {
            throw new InvalidInputException(
                    ErrorCode.DATASET_ONE_LABEL,
                    training.source().fileName()
                            + " has "
                            + (found.isEmpty()
                                    ? "no label"
                                    : "only the label \"" + found.iterator().next() + "\"")
                            + " in its "
                            + training.source().rows()
                            + " rows.",
                    "Give training data with examples of at least two labels.");
        }
    }

    private static boolean isNumber(String label) {
        return NUMBER.matcher(label).matches();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelSet that
                && names.equals(that.names)
                && indices.equals(that.indices);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
