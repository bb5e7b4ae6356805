package dev.ortune.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * A delivery to be sent now, whose endpoint nobody else sends to meanwhile.
 *
 * @param attempts made before
 * @param secrets that sign it, the current one first
 * @param token of the endpoint's lease
 * @param until the lease ends then
 */
record ClaimedDelivery(
        String id,
        String endpointId,
        URI url,
        String body,
        int attempts,
        List<WebhookSecret> secrets,
        String token,
        Instant until) {

    ClaimedDelivery {
        secrets = List.copyOf(secrets);
    }
}
