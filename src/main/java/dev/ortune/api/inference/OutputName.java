package dev.ortune.api.inference;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The output tensors of a model, in the order in which they are answered. */
public enum OutputName {
    /** BYTES [n]: the most probable label of each text. */
    LABEL("BYTES", false),
    /** FP32 [n]: its probability. */
    SCORE("FP32", false),
    /** FP32 [n, labels]: every label's probability. */
    PROBABILITIES("FP32", true),
    /** FP32 [n, labels]: what the model computed. */
    LOGITS("FP32", true);

    private final String datatype;
    private final boolean perLabel;

    OutputName(String datatype, boolean perLabel) {
        this.datatype = datatype;
        this.perLabel = perLabel;
    }

    /** As requests and answers spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The tensor's data type. */
    public String datatype() {
        return datatype;
    }

    /** Whether it has a column per label. */
    public boolean isPerLabel() {
        return perLabel;
    }

    static Optional<OutputName> named(String word) {
        return Arrays.stream(values()).filter(name -> name.word().equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(OutputName::word).collect(Collectors.joining(", "));
    }
}
