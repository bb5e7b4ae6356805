package dev.ortune.graph;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.Locale;
import java.util.stream.Stream;

/** In what numbers an inference graph multiplies with the base's frozen linear layers. */
public enum Precision {
    /** As trained. */
    FLOAT32,
    /**
     * The encoder's linear layers in eight bits: a quarter of their memory traffic, several times the
     * speed on processors with integer dot products, logits near float32's. Embeddings, layer
     * normalization, attention, LoRA updates and the head stay float32.
     */
    INT8;

    /**
     * Reads a user's word, in any case.
     *
     * @param setting the option or property that holds it, for the error
     * @throws InvalidInputException {@code INVALID_OPTION} for any other word
     */
    public static Precision parse(String word, String setting) {
        return Stream.of(values())
                .filter(precision -> precision.name().equalsIgnoreCase(word.strip()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InvalidInputException(
                                        ErrorCode.INVALID_OPTION,
                                        setting + " must be float32 or int8, not \"" + word + "\".",
                                        "Leave it out to compute in float32."));
    }

    /** The name in configurations: {@code float32}, {@code int8}. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
