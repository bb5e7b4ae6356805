package dev.ortune.graph;

import java.util.Locale;

/** What the labels of a text mean, and so which loss is trained. */
public enum ProblemType {
    /** Exactly one label per text: softmax cross-entropy. */
    SINGLE_LABEL("single_label_classification"),
    /** Any number of labels per text: sigmoid cross-entropy per label. */
    MULTI_LABEL("multi_label_classification");

    private final String huggingFaceName;

    ProblemType(String huggingFaceName) {
        this.huggingFaceName = huggingFaceName;
    }

    /** The name in a Hugging Face {@code config.json}. */
    public String huggingFaceName() {
        return huggingFaceName;
    }

    /** The name on the command line and in manifests: {@code single_label}, {@code multi_label}. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
