package dev.ortune.api.rest.oip;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.api.inference.InferenceAnswer;
import dev.ortune.api.inference.OutputTensor;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The protocol's {@code $inference_response}.
 *
 * @param id the request's, absent where it had none
 */
@Schema(name = "InferenceResponse")
public record JsonResponse(
        @JsonProperty("model_name") @Schema(name = "model_name") String model,
        @JsonProperty("model_version") @Schema(name = "model_version") String version,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String id,
        List<Output> outputs) {

    static JsonResponse of(InferenceAnswer answer) {
        return new JsonResponse(
                answer.model(),
                answer.version(),
                answer.id(),
                answer.outputs().stream().map(Output::of).toList());
    }

    /**
     * A tensor.
     *
     * @param data its elements in row-major order: strings for BYTES, else numbers
     */
    @Schema(name = "InferenceOutput")
    public record Output(
            String name,
            String datatype,
            List<Long> shape,
            @Schema(implementation = Object[].class) List<?> data) {

        static Output of(OutputTensor tensor) {
            List<?> data =
                    tensor instanceof OutputTensor.Texts texts
                            ? texts.data()
                            : ((OutputTensor.Floats) tensor).data();
            return new Output(tensor.name(), tensor.datatype(), tensor.shape(), data);
        }
    }
}
