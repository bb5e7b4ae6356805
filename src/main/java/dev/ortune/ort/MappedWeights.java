package dev.ortune.ort;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.StringStringEntryProto;
import dev.ortune.onnx.proto.TensorProto;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.onnxruntime.OrtPrepackedWeightsContainer;
import org.bytedeco.onnxruntime.OrtSessionOptions;
import org.bytedeco.onnxruntime.OrtValue;
import org.bytedeco.onnxruntime.global.onnxruntime;

/**
 * The frozen weights of one base, float32 and eight-bit, mapped read-only once for all sessions on it.
 *
 * <p>Each external initializer of a graph (ONNX IR, <i>External Tensor Data</i>) becomes one tensor
 * over its part of the file; sessions refer to it instead of mapping the file themselves. Closed after
 * the last of them. Java gives the pages back when the maps are collected.
 *
 * <p>Used by one thread at a time: {@link WeightsRegistry} sees to it.
 */
final class MappedWeights extends NativeHandle {

    private final NativeApi api;
    private final Path folder;
    private final Map<String, MappedTensor> tensors = new HashMap<>();
    private final OrtPrepackedWeightsContainer packed = new OrtPrepackedWeightsContainer();

    MappedWeights(NativeApi api, HandleCount handles, Path folder) {
        super(handles);
        this.api = api;
        this.folder = folder;
        api.check(api.api().CreatePrepackedWeightsContainer(packed));
    }

    /** Where sessions that infer keep the packed copies of weights, one for all. */
    OrtPrepackedWeightsContainer packed() {
        return packed;
    }

    /** Gives a session to be opened with these options the weights of its graphs. */
    void shareWith(OrtSessionOptions options, List<ModelProto> models) {
        Map<String, TensorProto> external = new LinkedHashMap<>();
        for (ModelProto model : models) {
            for (TensorProto tensor : model.getGraph().getInitializerList()) {
                if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
                    external.put(tensor.getName(), tensor);
                }
            }
        }
        external.values().forEach(tensor -> share(options, tensor));
    }

    private void share(OrtSessionOptions options, TensorProto tensor) {
        MappedTensor mapped = tensors.computeIfAbsent(tensor.getName(), name -> map(tensor));
        try (BytePointer name = new BytePointer(tensor.getName())) {
            api.check(api.api().AddInitializer(options, name, mapped.value()));
        }
    }

    private MappedTensor map(TensorProto tensor) {
        Map<String, String> place =
                tensor.getExternalDataList().stream()
                        .collect(
                                Collectors.toMap(
                                        StringStringEntryProto::getKey,
                                        StringStringEntryProto::getValue));
        Path file = folder.resolve(place.get("location"));
        long bytes = Long.parseLong(place.get("length"));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MappedByteBuffer memory =
                    channel.map(MapMode.READ_ONLY, Long.parseLong(place.get("offset")), bytes);
            return new MappedTensor(
                    api.tensorOver(
                            new BytePointer(memory),
                            bytes,
                            tensor.getDimsList().stream().mapToLong(Long::longValue).toArray(),
                            elementType(tensor)),
                    memory);
        } catch (IOException e) {
            throw new InvalidInputException(
                    ErrorCode.BASE_NOT_FOUND,
                    "The base's weights cannot be read: " + e.getMessage() + ".",
                    "Check the folder's permissions, or delete it so that it is prepared anew.",
                    e);
        }
    }

    private static int elementType(TensorProto tensor) {
        return switch (TensorProto.DataType.forNumber(tensor.getDataType())) {
            case FLOAT -> onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT;
            case INT8 -> onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8;
            case UINT8 -> onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8;
            default ->
                    throw new IllegalArgumentException(
                            tensor.getName() + ": no weights have type " + tensor.getDataType());
        };
    }

    @Override
    void release() {
        api.api().ReleasePrepackedWeightsContainer(packed);
        tensors.values().forEach(tensor -> api.api().ReleaseValue(tensor.value()));
    }

    /** A tensor, and the map that it lies in, which must not be collected before. */
    private record MappedTensor(OrtValue value, MappedByteBuffer memory) {}
}
