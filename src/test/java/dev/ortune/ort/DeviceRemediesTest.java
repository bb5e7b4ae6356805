package dev.ortune.ort;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Messages as ONNX Runtime 1.24 words them. */
class DeviceRemediesTest {

    @Test
    void aMissingLibraryIsNamed() {
        DeviceState.Unusable state =
                cuda(
                        "ONNX Runtime refused a call: /r/onnxruntime/core/session/"
                                + "provider_bridge_ort.cc:1844 Failed to load library"
                                + " libonnxruntime_providers_cuda.so with error:"
                                + " libcublasLt.so.13: cannot open shared object file: No such"
                                + " file or directory");
        assertThat(state.reason()).isEqualTo("The library libcublasLt.so.13 is missing.");
        assertThat(state.remedy()).contains("CUDA 13", "cuDNN 9", "docs/gpu.md");
    }

    @Test
    void aMissingDriverIsToldInCudasWords() {
        DeviceState.Unusable state =
                cuda(
                        "ONNX Runtime refused a call: CUDA failure 35: CUDA driver version is"
                                + " insufficient for CUDA runtime version ; GPU=0 ; hostname=h ;"
                                + " file=/r/cuda_execution_provider.cc ; line=166 ; expr=x;");
        assertThat(state.reason())
                .isEqualTo(
                        "CUDA says: CUDA driver version is insufficient for CUDA runtime version"
                                + " (35).");
        assertThat(state.remedy()).contains("nvidia-smi", "CUDA_VISIBLE_DEVICES");
    }

    @Test
    void anUnknownReasonIsQuotedButNotAtAnyLength() {
        DeviceState.Unusable state = cuda("one\n two " + "x".repeat(1000));
        assertThat(state.reason()).startsWith("one two xxx").endsWith("...").hasSizeLessThan(320);
    }

    private static DeviceState.Unusable cuda(String message) {
        return DeviceRemedies.unusable(Device.CUDA, message);
    }
}
