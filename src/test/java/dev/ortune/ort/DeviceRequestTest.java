package dev.ortune.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceRequestTest {

    @ParameterizedTest
    @CsvSource({"auto,AUTO", "cpu,CPU", "cuda,CUDA", "coreml,COREML", "CoreML,COREML", "CPU,CPU"})
    void wordsAreReadInAnyCase(String word, DeviceRequest request) {
        assertThat(DeviceRequest.parse(word, "--device")).isEqualTo(request);
    }

    @ParameterizedTest
    @EnumSource
    void everyRequestReadsItsOwnWord(DeviceRequest request) {
        assertThat(DeviceRequest.parse(request.word(), "--device")).isEqualTo(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "", " cpu", "cuda:1"})
    void otherWordsAreRefusedWithTheSettingAndTheChoices(String word) {
        InvalidInputException error =
                catchThrowableOfType(
                        InvalidInputException.class,
                        () -> DeviceRequest.parse(word, "ortune.device"));
        assertThat(error.code()).isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(error)
                .hasMessage(
                        "ortune.device must be auto, cpu, cuda or coreml, not \"" + word + "\".");
        assertThat(error.remedy()).contains("ortune doctor");
    }

    @Test
    void coreMlIsNeverChosenUnasked() {
        assertThat(DeviceRequest.AUTO.wanted()).contains(Device.CUDA);
    }
}
