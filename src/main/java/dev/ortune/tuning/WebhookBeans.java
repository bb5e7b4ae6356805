package dev.ortune.tuning;

import dev.ortune.job.JobListener;
import dev.ortune.webhook.JobWebhooks;
import dev.ortune.webhook.SenderSettings;
import dev.ortune.webhook.TargetPolicy;
import dev.ortune.webhook.WebhookOutbox;
import dev.ortune.webhook.WebhookSender;
import dev.ortune.webhook.WebhookStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Makes the parts of webhooks; sends them while the service runs. */
@Singleton
public final class WebhookBeans {

    private static final InstantSource CLOCK = InstantSource.system();

    private Optional<WebhookSender> sender = Optional.empty();

    @Produces
    @Singleton
    JobListener listener() {
        return new JobWebhooks(new WebhookOutbox(CLOCK));
    }

    @Produces
    @Singleton
    WebhookStore store(Jdbi database, WebhookConfiguration configuration) {
        return new WebhookStore(database, CLOCK, targets(configuration));
    }

    void start(@Observes StartupEvent event, Jdbi database, WebhookConfiguration configuration) {
        sender =
                Optional.of(
                        new WebhookSender(
                                database,
                                CLOCK,
                                targets(configuration),
                                SenderSettings.standard()));
    }

    void stop(@Observes ShutdownEvent event) {
        sender.ifPresent(WebhookSender::close);
    }

    private static TargetPolicy targets(WebhookConfiguration configuration) {
        return configuration.allowPrivateAddresses()
                ? TargetPolicy.allowPrivateAddresses()
                : TargetPolicy.publicOnly();
    }
}
