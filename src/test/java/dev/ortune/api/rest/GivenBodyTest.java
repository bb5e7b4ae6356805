package dev.ortune.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class GivenBodyTest {

    @Test
    void aBodyIsHandedOn() {
        assertThat(GivenBody.of("body", "{}")).isEqualTo("body");
    }

    @Test
    void whoSendsNoneIsShownOneOnALine() {
        InvalidInputException refusal =
                catchThrowableOfType(
                        InvalidInputException.class,
                        () -> GivenBody.of(null, "{\"a\": 1,\n  \"b\": 2}\n"));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refusal).hasMessage("The request has no body.");
        assertThat(refusal.remedy()).isEqualTo("Send a JSON object such as {\"a\": 1, \"b\": 2}.");
    }
}
