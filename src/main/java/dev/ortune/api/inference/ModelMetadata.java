package dev.ortune.api.inference;

import dev.ortune.serve.ModelDescription;
import java.util.Arrays;
import java.util.List;

/**
 * What a model takes and gives.
 *
 * @param versions all that a request may name
 * @param platform from the protocol's list of platforms
 */
public record ModelMetadata(
        String name,
        List<String> versions,
        String platform,
        List<TensorMetadata> inputs,
        List<TensorMetadata> outputs) {

    private static final String PLATFORM = "onnx_onnxv1";
    private static final long ANY = -1;

    static ModelMetadata of(ModelDescription model) {
        long labels = model.labelNames().size();
        return new ModelMetadata(
                model.name(),
                model.versions(),
                PLATFORM,
                List.of(new TensorMetadata(TextTensor.NAME, TextTensor.DATATYPE, List.of(ANY))),
                Arrays.stream(OutputName.values())
                        .map(
                                output ->
                                        new TensorMetadata(
                                                output.word(),
                                                output.datatype(),
                                                output.isPerLabel()
                                                        ? List.of(ANY, labels)
                                                        : List.of(ANY)))
                        .toList());
    }
}
