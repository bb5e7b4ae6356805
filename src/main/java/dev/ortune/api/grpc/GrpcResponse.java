package dev.ortune.api.grpc;

import com.google.protobuf.ByteString;
import dev.ortune.api.grpc.proto.InferTensorContents;
import dev.ortune.api.grpc.proto.ModelInferResponse;
import dev.ortune.api.inference.InferenceAnswer;
import dev.ortune.api.inference.OutputTensor;

/** A {@code ModelInferResponse}, its data typed or raw. */
final class GrpcResponse {

    private GrpcResponse() {}

    static ModelInferResponse of(InferenceAnswer answer, boolean isRaw) {
        ModelInferResponse.Builder response =
                ModelInferResponse.newBuilder()
                        .setModelName(answer.model())
                        .setModelVersion(answer.version())
                        .setId(answer.id());
        for (OutputTensor tensor : answer.outputs()) {
            ModelInferResponse.InferOutputTensor.Builder output =
                    response.addOutputsBuilder()
                            .setName(tensor.name())
                            .setDatatype(tensor.datatype())
                            .addAllShape(tensor.shape());
            if (isRaw) {
                response.addRawOutputContents(raw(tensor));
            } else {
                output.setContents(typed(tensor));
            }
        }
        return response.build();
    }

    private static ByteString raw(OutputTensor tensor) {
        return tensor instanceof OutputTensor.Texts texts
                ? RawBytes.of(texts.data())
                : RawBytes.ofFloats(((OutputTensor.Floats) tensor).data());
    }

    private static InferTensorContents typed(OutputTensor tensor) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        if (tensor instanceof OutputTensor.Texts texts) {
            texts.data().stream().map(ByteString::copyFromUtf8).forEach(contents::addBytesContents);
        } else {
            contents.addAllFp32Contents(((OutputTensor.Floats) tensor).data());
        }
        return contents.build();
    }
}
