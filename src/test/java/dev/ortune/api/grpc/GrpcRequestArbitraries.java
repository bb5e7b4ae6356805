package dev.ortune.api.grpc;

import com.google.protobuf.ByteString;
import dev.ortune.api.grpc.proto.InferParameter;
import dev.ortune.api.grpc.proto.InferTensorContents;
import dev.ortune.api.grpc.proto.ModelInferRequest;
import dev.ortune.api.grpc.proto.ModelInferRequest.InferInputTensor;
import dev.ortune.api.grpc.proto.ModelInferRequest.InferRequestedOutputTensor;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Messages that are nearly right. */
public final class GrpcRequestArbitraries {

    private GrpcRequestArbitraries() {}

    /** Requests with parts right, wrong or missing. */
    public static Arbitrary<ModelInferRequest> requests() {
        return Combinators.combine(
                        Arbitraries.of("reviews", "reviews", "reviews", "none", "../etc", ""),
                        Arbitraries.of("", "", "", "1", "9", "no version"),
                        inputs().list().ofMaxSize(2),
                        raw().list().ofMaxSize(2),
                        outputs().list().ofMaxSize(3),
                        parameters())
                .as(
                        (model, version, inputs, raw, outputs, parameter) ->
                                ModelInferRequest.newBuilder()
                                        .setModelName(model)
                                        .setModelVersion(version)
                                        .addAllInputs(inputs)
                                        .addAllRawInputContents(raw)
                                        .addAllOutputs(outputs)
                                        .putParameters("timeout", parameter)
                                        .build());
    }

    private static Arbitrary<InferInputTensor> inputs() {
        return Combinators.combine(
                        Arbitraries.of("text", "text", "text", "tokens", ""),
                        Arbitraries.of("BYTES", "BYTES", "BYTES", "FP32", "BOOL", ""),
                        Arbitraries.oneOf(
                                        Arbitraries.longs().between(-1, 3),
                                        Arbitraries.of(Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32))
                                .list()
                                .ofMaxSize(3),
                        contents())
                .as(
                        (name, datatype, shape, contents) ->
                                InferInputTensor.newBuilder()
                                        .setName(name)
                                        .setDatatype(datatype)
                                        .addAllShape(shape)
                                        .setContents(contents)
                                        .build());
    }

    private static Arbitrary<InferTensorContents> contents() {
        Arbitrary<ByteString> elements =
                Arbitraries.oneOf(
                        Arbitraries.of("good", "a", " ", "").map(ByteString::copyFromUtf8),
                        Arbitraries.bytes()
                                .array(byte[].class)
                                .ofMaxSize(6)
                                .map(ByteString::copyFrom));
        Arbitrary<List<Float>> numbers =
                Arbitraries.of(Float.NaN, 1f, Float.POSITIVE_INFINITY).list().ofMaxSize(1);
        return Combinators.combine(elements.list().ofMaxSize(3), numbers)
                .as(
                        (texts, floats) ->
                                InferTensorContents.newBuilder()
                                        .addAllBytesContents(texts)
                                        .addAllFp32Contents(floats)
                                        .build());
    }

    private static Arbitrary<ByteString> raw() {
        return Arbitraries.oneOf(
                Arbitraries.of("good", "a").list().ofMaxSize(3).map(RawBytes::of),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(12).map(ByteString::copyFrom));
    }

    private static Arbitrary<InferRequestedOutputTensor> outputs() {
        return Combinators.combine(
                        Arbitraries.of("label", "logits", "probabilities", "score", "x"),
                        parameters())
                .as(
                        (name, parameter) ->
                                InferRequestedOutputTensor.newBuilder()
                                        .setName(name)
                                        .putParameters("classification", parameter)
                                        .build());
    }

    private static Arbitrary<InferParameter> parameters() {
        return Arbitraries.oneOf(
                Arbitraries.longs()
                        .between(1_000_000, Long.MAX_VALUE)
                        .map(value -> InferParameter.newBuilder().setInt64Param(value).build()),
                Arbitraries.longs()
                        .between(-2, 0)
                        .map(value -> InferParameter.newBuilder().setUint64Param(value).build()),
                Arbitraries.of(Double.NaN, 1.5)
                        .map(value -> InferParameter.newBuilder().setDoubleParam(value).build()),
                Arbitraries.just(InferParameter.getDefaultInstance()));
    }
}
