package dev.ortune.webhook;

/**
 * How many deliveries there are that no endpoint has yet, of all tenants.
 *
 * @param waiting for their first attempt
 * @param retrying after an attempt that failed
 * @param failed given up within the last week
 */
public record WebhookCounts(long waiting, long retrying, long failed) {

    /** None. */
    public static final WebhookCounts NONE = new WebhookCounts(0, 0, 0);
}
