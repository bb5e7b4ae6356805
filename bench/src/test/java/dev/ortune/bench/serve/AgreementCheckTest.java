package dev.ortune.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ortune.error.UnavailableException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementCheckTest {

    @Test
    void sidesThatRoundOtherwiseAgree() {
        assertThat(
                        AgreementCheck.require(
                                Map.of("a", List.of(0.2, 0.7), "b", List.of(0.2004, 0.7))))
                .isCloseTo(4e-4, within(1e-12));
    }

    @Test
    void aSideThatAnswersOtherwiseIsNamed() {
        assertThatThrownBy(
                        () ->
                                AgreementCheck.require(
                                        Map.of("a", List.of(0.2, 0.7), "b", List.of(0.2, 0.702))))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("text 1");
    }

    @Test
    void anAnswerThatIsNoNumberDoesNotAgree() {
        assertThatThrownBy(
                        () ->
                                AgreementCheck.require(
                                        Map.of(
                                                "a",
                                                List.of(0.2, 0.7),
                                                "b",
                                                List.of(0.2, Double.NaN))))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void equalAnswersToAllTextsProveNothing() {
        assertThatThrownBy(
                        () ->
                                AgreementCheck.require(
                                        Map.of("a", List.of(0.5, 0.5), "b", List.of(0.5, 0.5))))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("same answer");
    }
}
