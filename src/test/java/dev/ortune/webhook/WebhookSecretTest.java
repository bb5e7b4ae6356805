package dev.ortune.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {

    /** The vector that the specification's own libraries are tested with. */
    @Test
    void itSignsAsTheSpecificationsLibrariesDo() {
        WebhookSecret secret = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(
                        secret.sign(
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                1614265330,
                                bytes("{\"test\": 2432232314}")))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    /**
     * Computed with Python: {@code hmac.new(bytes(range(32)), ("msg_b.1767323046." + body).encode(),
     * "sha256")}.
     */
    @Test
    void itSignsAsPythonDoes() {
        String body =
                "{\"id\":\"evt_a\",\"object\":\"event\",\"created_at\":1767323045,"
                        + "\"type\":\"fine_tuning.job.succeeded\",\"data\":{\"id\":\"ftjob-\u00fc\"}}";
        WebhookSecret secret =
                WebhookSecret.parse("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        assertThat(secret.sign("msg_b", 1767323046, bytes(body)))
                .isEqualTo("v1,wWx5w01B14ABenCKJSj326c5Gqq3Ns2Gts/cmCDjCSE=");
    }

    @Test
    void itsTextIsReadBack() {
        String text = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        assertThat(WebhookSecret.parse(text).reveal()).isEqualTo(text);
        assertThatThrownBy(() -> WebhookSecret.parse("whpk_AAEC"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
