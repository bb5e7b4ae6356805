package dev.ortune.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "HTTPS://Example.com:8443/a/b?c=d",
                "http://10.0.0.1/hooks",
                "http://[2001:db8::1]:80/"
            })
    void webAddressesAreFit(String text) {
        assertThat(WebhookUrl.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://example.com/|is neither http nor https",
                "file:///etc/passwd|is neither http nor https",
                "example.com/hooks|is neither http nor https",
                "http:example.com|names no host",
                "https:///hooks|names no host",
                "https://under_score.example.com/|names no host",
                "https://m\u00fcller.example.com/|names no host",
                "https://example.com:0/|no valid port",
                "https://example.com:65536/|no valid port",
                "https://me@example.com/|holds a user name or password",
                "https://me:secret@example.com/|holds a user name or password",
                "https://example.com/#part|holds a fragment",
                "https://example.com/a b|is malformed",
                "https://exa mple.com/|is malformed"
            })
    void othersAreRefused(String text, String wrong) {
        assertThatThrownBy(() -> WebhookUrl.parse(text))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageContaining(wrong);
    }

    @Test
    void longOnesAreRefused() {
        assertThatThrownBy(() -> WebhookUrl.parse("https://example.com/" + "a".repeat(2048)))
                .hasMessageContaining("longer than 2048");
    }

    @Test
    void pathsBecomeAscii() {
        assertThat(WebhookUrl.parse("https://example.com/gr\u00fcn"))
                .hasToString("https://example.com/gr%C3%BCn");
    }
}
