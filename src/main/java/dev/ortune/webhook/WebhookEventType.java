package dev.ortune.webhook;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What endpoints can hear of; the names are OpenAI's, and a pause's is made like them. */
public enum WebhookEventType {
    JOB_SUCCEEDED("fine_tuning.job.succeeded"),
    JOB_FAILED("fine_tuning.job.failed"),
    JOB_CANCELLED("fine_tuning.job.cancelled"),
    JOB_PAUSED("fine_tuning.job.paused");

    private final String text;

    WebhookEventType(String text) {
        this.text = text;
    }

    /** Its name in events and requests. */
    public String text() {
        return text;
    }

    /**
     * The type of a name.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    public static WebhookEventType of(String text) {
        return Arrays.stream(values())
                .filter(type -> type.text.equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                InvalidInputException.ofField(
                                        ErrorCode.INVALID_REQUEST,
                                        "events",
                                        "there is no such event type",
                                        "Choose from "
                                                + Arrays.stream(values())
                                                        .map(WebhookEventType::text)
                                                        .collect(Collectors.joining(", "))
                                                + "; none stands for all."));
    }
}
