package dev.ortune.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionTest {

    @ParameterizedTest
    @CsvSource({"float32,FLOAT32", "int8,INT8", "INT8,INT8"})
    void usersNameItInAnyCase(String word, Precision expected) {
        assertThat(Precision.parse(word, "ortune.precision")).isEqualTo(expected);
    }

    @Test
    void anotherWordIsRefusedWithTheSettingAndTheWordsThereAre() {
        assertThatThrownBy(() -> Precision.parse("int4", "ortune.precision"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("ortune.precision must be float32 or int8, not \"int4\".");
    }
}
