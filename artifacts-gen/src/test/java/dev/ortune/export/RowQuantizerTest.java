package dev.ortune.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;

class RowQuantizerTest {

    @Property
    void noValueMovesByMoreThanHalfAStep(
            @ForAll @Size(min = 1, max = 50)
                    List<@FloatRange(min = -1e6f, max = 1e6f) Float> values) {
        float[] row = array(values);
        byte[] quantized = new byte[row.length];

        float scale = RowQuantizer.quantize(row, quantized, 0, 1);

        for (int i = 0; i < row.length; i++) {
            assertThat((double) scale * quantized[i])
                    .isCloseTo(row[i], within(scale * (0.5 + 1e-4)));
        }
    }

    @Property
    void zeroStaysZeroAndMinus128IsNeverUsed(@ForAll @Size(min = 1, max = 50) List<Float> values) {
        float[] row = array(values);
        row[0] = 0;
        byte[] quantized = new byte[row.length];

        RowQuantizer.quantize(row, quantized, 0, 1);

        assertThat(quantized[0]).isZero();
        assertThat(quantized).doesNotContain((byte) -128);
    }

    @Example
    void theLargestValueUsesTheWholeRangeAndHalvesGoToEven() {
        byte[] quantized = new byte[5];

        float scale = RowQuantizer.quantize(new float[] {-254, 254, 3, 5, -3}, quantized, 0, 1);

        assertThat(scale).isEqualTo(2);
        assertThat(quantized).containsExactly(-127, 127, 2, 2, -2);
    }

    @Example
    void aRowOfZerosHasAScaleThatHarmsNothing() {
        byte[] quantized = {9, 9, 9};

        float scale = RowQuantizer.quantize(new float[] {0, Float.MIN_VALUE, -0f}, quantized, 0, 1);

        assertThat(scale).isEqualTo(1);
        assertThat(quantized).containsOnly(0);
    }

    @Example
    void aRowBecomesAColumn() {
        byte[] quantized = new byte[6];

        RowQuantizer.quantize(new float[] {127, -1, 64}, quantized, 1, 2);

        assertThat(quantized).containsExactly(0, 127, 0, -1, 0, 64);
    }

    @Example
    void aValueThatIsNoNumberIsRefused() {
        for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            assertThatThrownBy(
                            () -> RowQuantizer.quantize(new float[] {1, value}, new byte[2], 0, 1))
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.BASE_CONFIG));
        }
    }

    private static float[] array(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }
}
