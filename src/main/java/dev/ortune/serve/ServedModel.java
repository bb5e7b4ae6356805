package dev.ortune.serve;

import java.util.List;

/**
 * A model under the name by which requests ask for it.
 *
 * @param name in requests
 * @param base the base's name as its adapter gives it
 * @param classifier answers
 */
public record ServedModel(String name, String base, TextClassifier classifier) {

    /** The label names, in the order of the scores. */
    public List<String> labelNames() {
        return classifier.labels().labels();
    }

    /** {@code single_label} or {@code multi_label}. */
    public String problemType() {
        return classifier.labels().problemType().optionName();
    }
}
