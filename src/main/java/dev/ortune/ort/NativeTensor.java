package dev.ortune.ort;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.onnxruntime.OrtValue;
import org.bytedeco.onnxruntime.global.onnxruntime;

/** A tensor in native memory, and that memory. */
record NativeTensor(OrtValue value, Pointer memory) {

    /** Copies a tensor out of the heap; one that lies outside of it is used where it is. */
    static NativeTensor copyOf(NativeApi api, HostTensor tensor) {
        if (tensor instanceof HostTensor.Longs longs) {
            return over(
                    api,
                    new LongPointer(longs.values()),
                    (long) longs.values().length * Long.BYTES,
                    tensor,
                    onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64);
        }
        if (tensor instanceof HostTensor.Booleans booleans) {
            return over(
                    api,
                    new BytePointer(booleans.values().duplicate().rewind()),
                    booleans.shape().elements(),
                    tensor,
                    onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL);
        }
        if (tensor instanceof HostTensor.OffHeap offHeap) {
            long values = offHeap.shape().elements();
            return over(
                    api,
                    offHeap.block().at(offHeap.offset(), values),
                    values * Float.BYTES,
                    tensor,
                    onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT);
        }
        HostTensor.Floats floats = (HostTensor.Floats) tensor;
        return over(
                api,
                new FloatPointer(floats.values()),
                (long) floats.values().length * Float.BYTES,
                tensor,
                onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT);
    }

    private static NativeTensor over(
            NativeApi api, Pointer memory, long bytes, HostTensor tensor, int elementType) {
        long[] shape = tensor.shape().toArray();
        return new NativeTensor(api.tensorOver(memory, bytes, shape, elementType), memory);
    }

    void release(NativeApi api) {
        api.api().ReleaseValue(value);
        memory.close();
    }
}
