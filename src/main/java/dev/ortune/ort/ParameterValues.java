package dev.ortune.ort;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.onnxruntime.OrtCheckpointState;
import org.bytedeco.onnxruntime.OrtValue;
import org.bytedeco.onnxruntime.global.onnxruntime;

/**
 * One parameter of a training session, read and written again and again through memory that is made
 * once.
 *
 * <p>For the session's thread; dead when the session is closed, which frees it.
 */
public final class ParameterValues {

    private final NativeApi api;
    private final TrainingSession session;
    private final OrtCheckpointState state;
    private final BytePointer name;
    private final FloatPointer data;
    private final OrtValue tensor;
    private final FloatPointer fetched = new FloatPointer((Pointer) null);
    private final float[] values;

    ParameterValues(
            NativeApi api,
            TrainingSession session,
            OrtCheckpointState state,
            String name,
            long[] shape,
            int count) {
        this.api = api;
        this.session = session;
        this.state = state;
        this.name = new BytePointer(name);
        this.values = new float[count];
        this.data = new FloatPointer(count);
        this.tensor =
                api.tensorOver(
                        data,
                        (long) count * Float.BYTES,
                        shape,
                        onnxruntime.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT);
    }

    /** The parameter's values now, row-major, always in the same array. */
    public float[] fetch() {
        session.requireOpen();
        OrtValue copy = new OrtValue();
        api.check(api.training().GetParameter(state, name, api.allocator(), copy));
        try {
            api.check(api.api().GetTensorMutableData(copy, fetched));
            fetched.get(values);
            return values;
        } finally {
            api.api().ReleaseValue(copy);
        }
    }

    /** Makes the array of {@link #fetch} the parameter's values. */
    public void store() {
        session.requireOpen();
        data.put(values);
        api.check(api.training().UpdateParameter(state, name, tensor));
    }

    void release() {
        api.api().ReleaseValue(tensor);
        data.close();
        name.close();
    }
}
