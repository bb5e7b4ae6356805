package dev.ortune.api.rest.oip;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The protocol's {@code $inference_request}, for the OpenAPI document; {@link JsonRequest} reads it. */
@Schema(name = "InferenceRequest")
record RequestSchema(
        @Schema(description = "Comes back in the answer.") String id,
        @Schema(
                        description =
                                "truncation: left, right or windows; timeout: how long the client"
                                        + " waits, in microseconds.")
                Map<String, Object> parameters,
        @Schema(required = true, minItems = 1, maxItems = 1) List<Input> inputs,
        @Schema(description = "All outputs where none is given.") List<Output> outputs) {

    /** The texts. */
    @Schema(name = "InferenceInput")
    record Input(
            @Schema(required = true, enumeration = "text") String name,
            @Schema(required = true, description = "[n] or [n, 1]") List<Long> shape,
            @Schema(required = true, enumeration = "BYTES") String datatype,
            @Schema(required = true, description = "n strings, for [n, 1] also n lists of one")
                    List<String> data) {}

    /** An output that is asked for. */
    @Schema(name = "InferenceRequestedOutput")
    record Output(
            @Schema(
                            required = true,
                            enumeration = {"label", "score", "probabilities", "logits"})
                    String name,
            @Schema(
                            description =
                                    "classification: so many of the highest values, as strings"
                                            + " value:index:label.")
                    Map<String, Object> parameters) {}
}
