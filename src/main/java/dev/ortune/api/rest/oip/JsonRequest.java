package dev.ortune.api.rest.oip;

import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.inference.InferenceRequest;
import dev.ortune.api.inference.RequestedOutput;
import dev.ortune.api.rest.JsonFields;
import dev.ortune.repository.ModelReference;
import java.util.List;
import java.util.Set;

/** The protocol's {@code $inference_request}. */
final class JsonRequest {

    /** Where the texts stand. */
    static final String DATA = "inputs[0].data";

    private static final Set<String> FIELDS = Set.of("id", "parameters", "inputs", "outputs");
    private static final Set<String> INPUT_FIELDS =
            Set.of("name", "shape", "datatype", "parameters", "data");
    private static final Set<String> OUTPUT_FIELDS = Set.of("name", "parameters");

    private JsonRequest() {}

    /**
     * Reads a body.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST}, its message beginning
     *     with the field
     */
    static InferenceRequest parse(ModelReference model, JsonFields body) {
        body.requireOnly(FIELDS);
        body.array("inputs");
        List<JsonFields> inputs = body.objects("inputs");
        if (inputs.size() != 1) {
            throw FieldFault.of(
                    "inputs", "There must be one input, \"text\", not " + inputs.size());
        }
        JsonFields input = inputs.get(0).requireOnly(INPUT_FIELDS);
        JsonParameters.of(input).requireNone();
        return InferenceRequest.of(
                model,
                body.optionalText("id").orElse(""),
                JsonTensor.texts(input),
                JsonParameters.of(body),
                body.objects("outputs").stream().map(JsonRequest::output).toList());
    }

    private static RequestedOutput output(JsonFields output) {
        output.requireOnly(OUTPUT_FIELDS);
        return RequestedOutput.parse(output.path(), output.text("name"), JsonParameters.of(output));
    }
}
