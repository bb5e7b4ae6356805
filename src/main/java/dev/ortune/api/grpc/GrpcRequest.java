package dev.ortune.api.grpc;

import com.google.protobuf.ByteString;
import dev.ortune.api.grpc.proto.InferTensorContents;
import dev.ortune.api.grpc.proto.ModelInferRequest;
import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.inference.InferenceRequest;
import dev.ortune.api.inference.RequestedOutput;
import dev.ortune.api.inference.TextTensor;
import dev.ortune.repository.ModelReference;
import java.util.ArrayList;
import java.util.List;

/** A {@code ModelInferRequest}, its data typed or raw. */
final class GrpcRequest {

    private static final String INPUT = "inputs[0]";
    private static final String CONTENTS = INPUT + ".contents.bytes_contents";
    private static final String RAW = "raw_input_contents";

    private GrpcRequest() {}

    /** Where the texts stand. */
    static String dataField(ModelInferRequest request) {
        return isRaw(request) ? RAW + "[0]" : CONTENTS;
    }

    /** Whether data is raw, which the answer's then is too. */
    static boolean isRaw(ModelInferRequest request) {
        return request.getRawInputContentsCount() > 0;
    }

    /**
     * Reads a message.
     *
     * @param tenant who sent it
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST}, its message beginning
     *     with the field
     */
    static InferenceRequest parse(String tenant, ModelInferRequest request) {
        ModelReference model =
                ModelReference.of(tenant, request.getModelName(), request.getModelVersion());
        if (request.getInputsCount() != 1) {
            throw FieldFault.of(
                    "inputs", "There must be one input, \"text\", not " + request.getInputsCount());
        }
        ModelInferRequest.InferInputTensor input = request.getInputs(0);
        GrpcParameters.of(INPUT + ".parameters", input.getParametersMap()).requireNone();
        TextTensor tensor =
                new TextTensor(INPUT, input.getName(), input.getDatatype(), input.getShapeList());
        tensor.requireText();
        List<String> texts = isRaw(request) ? raw(request) : typed(input.getContents());
        tensor.requireElements(texts.size());
        return InferenceRequest.of(
                model,
                request.getId(),
                texts,
                GrpcParameters.of("parameters", request.getParametersMap()),
                outputs(request));
    }

    private static List<String> raw(ModelInferRequest request) {
        if (request.getInputs(0).hasContents()) {
            throw FieldFault.of(
                    INPUT + ".contents",
                    "Data is given typed and raw; give either contents or " + RAW);
        }
        if (request.getRawInputContentsCount() != 1) {
            throw FieldFault.of(
                    RAW,
                    "There must be one entry per input, which is one, not "
                            + request.getRawInputContentsCount());
        }
        return RawBytes.texts(request.getRawInputContents(0), RAW + "[0]");
    }

    private static List<String> typed(InferTensorContents contents) {
        boolean hasOtherType =
                contents.getBoolContentsCount() > 0
                        || contents.getIntContentsCount() > 0
                        || contents.getInt64ContentsCount() > 0
                        || contents.getUintContentsCount() > 0
                        || contents.getUint64ContentsCount() > 0
                        || contents.getFp32ContentsCount() > 0
                        || contents.getFp64ContentsCount() > 0;
        if (hasOtherType) {
            throw FieldFault.of(
                    INPUT + ".contents", "Data of type BYTES belongs into bytes_contents alone");
        }
        List<String> texts = new ArrayList<>(contents.getBytesContentsCount());
        for (ByteString element : contents.getBytesContentsList()) {
            texts.add(
                    RawBytes.text(
                            element.asReadOnlyByteBuffer(), CONTENTS + "[" + texts.size() + "]"));
        }
        return texts;
    }

    private static List<RequestedOutput> outputs(ModelInferRequest request) {
        List<RequestedOutput> outputs = new ArrayList<>();
        for (ModelInferRequest.InferRequestedOutputTensor output : request.getOutputsList()) {
            String field = "outputs[" + outputs.size() + "]";
            outputs.add(
                    RequestedOutput.parse(
                            field,
                            output.getName(),
                            GrpcParameters.of(field + ".parameters", output.getParametersMap())));
        }
        return outputs;
    }
}
