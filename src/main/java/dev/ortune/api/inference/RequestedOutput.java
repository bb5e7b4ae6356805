package dev.ortune.api.inference;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An output that a request asks for.
 *
 * @param name which
 * @param classification Triton's classification extension: this many of the highest values as BYTES
 *     {@code value:index:label}, in place of the tensor
 * @param field where it stands in the request
 */
public record RequestedOutput(OutputName name, OptionalLong classification, String field) {

    private static final String CLASSIFICATION = "classification";

    /**
     * Reads a request's entry.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST}
     */
    public static RequestedOutput parse(String field, String name, Parameters parameters) {
        OutputName output =
                OutputName.named(name)
                        .orElseThrow(
                                () ->
                                        FieldFault.of(
                                                field + ".name",
                                                "There is no output "
                                                        + Shown.quoted(name)
                                                        + "; there are "
                                                        + OutputName.words()));
        parameters.requireOnly(CLASSIFICATION);
        OptionalLong count = parameters.positive(CLASSIFICATION);
        if (count.isPresent() && !output.isPerLabel()) {
            throw FieldFault.of(
                    parameters.field() + "." + CLASSIFICATION,
                    "The output "
                            + name
                            + " has no value per label; ask for probabilities or logits");
        }
        return new RequestedOutput(output, count, field);
    }

    /** Every output as it is: what a request gets that asks for none. */
    public static List<RequestedOutput> all() {
        return Arrays.stream(OutputName.values())
                .map(name -> new RequestedOutput(name, OptionalLong.empty(), "outputs"))
                .toList();
    }

    /** Refuses an output that is asked for twice: its two answers could not be told apart. */
    static void requireDistinct(List<RequestedOutput> outputs) {
        Set<OutputName> seen = EnumSet.noneOf(OutputName.class);
        for (RequestedOutput output : outputs) {
            if (!seen.add(output.name())) {
                throw FieldFault.of(
                        output.field() + ".name",
                        "The output " + output.name().word() + " is asked for twice");
            }
        }
    }
}
