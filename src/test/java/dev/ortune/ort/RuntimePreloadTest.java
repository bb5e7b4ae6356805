package dev.ortune.ort;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One environment of ONNX Runtime, of whoever comes first, for whoever comes meanwhile. */
@Timeout(60)
class RuntimePreloadTest {

    @Test
    void whoOpensTheRuntimeMeanwhileHasItToThemselves() {
        RuntimePreload preload = RuntimePreload.start(1);
        try (OrtRuntime runtime = OrtRuntime.open(1)) {
            assertThat(runtime.openHandles()).isEqualTo(1);
            preload.close();
            // Were the environment gone with it, this would not come back.
            assertThat(runtime.deviceStates()).isNotEmpty();
            assertThat(runtime.openHandles()).isEqualTo(1);
        }
    }

    @Test
    void nobodyNeedsToComeAndTheNextBeginsAnew() {
        RuntimePreload.start(1).close();
        try (OrtRuntime runtime = OrtRuntime.open(2)) {
            assertThat(runtime.deviceStates()).isNotEmpty();
        }
    }
}
