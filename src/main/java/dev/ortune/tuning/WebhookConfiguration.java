package dev.ortune.tuning;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where webhooks may go. Environment: {@code ORTUNE_WEBHOOKS_...}. */
@ConfigMapping(prefix = "ortune.webhooks")
public interface WebhookConfiguration {

    /** Whether addresses of this machine and of private networks may be called. */
    @WithDefault("false")
    boolean allowPrivateAddresses();
}
