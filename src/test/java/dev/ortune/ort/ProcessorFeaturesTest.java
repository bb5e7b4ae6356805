package dev.ortune.ort;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorFeaturesTest {

    @ParameterizedTest
    @ValueSource(strings = {"avx512_vnni", "avx_vnni"})
    void aProcessorWithIntegerDotProductsSumsBytesExactly(String flag) {
        assertThat(x86("fpu avx2 " + flag + " sse2").mayCutOffByteProducts()).isFalse();
    }

    @Test
    void anX86ProcessorWithoutOrOfWhichNothingIsKnownMayCutThemOff() {
        assertThat(x86("fpu avx2 avx512f sse2").mayCutOffByteProducts()).isTrue();
        assertThat(ProcessorFeatures.of("x86_64", "").mayCutOffByteProducts()).isTrue();
    }

    @Test
    void otherArchitecturesSumBytesExactly() {
        assertThat(
                        ProcessorFeatures.of("aarch64", "processor\t: 0\nFeatures\t: fp asimd\n")
                                .mayCutOffByteProducts())
                .isFalse();
    }

    @Test
    void thisMachineCanBeRead() {
        assertThat(ProcessorFeatures.read().architecture()).isNotEmpty();
    }

    private static ProcessorFeatures x86(String flags) {
        return ProcessorFeatures.of(
                "amd64", "processor\t: 0\nmodel name\t: any\nflags\t\t: " + flags + "\n\n");
    }
}
