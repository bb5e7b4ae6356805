package dev.ortune.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;

/**
 * Makes attempts: one signed POST each, whose answer's body is not read. Redirects are not followed.
 * Thread-safe.
 */
final class WebhookClient {

    private static final Logger LOG = Logger.getLogger(WebhookClient.class);

    private final TargetPolicy targets;
    private final InstantSource clock;
    private final Duration timeout;
    private Optional<HttpClient> client = Optional.empty();

    WebhookClient(TargetPolicy targets, InstantSource clock, Duration timeout) {
        this.targets = targets;
        this.clock = clock;
        this.timeout = timeout;
    }

    /** Made when it is first needed: it reads every certificate that the system trusts. */
    private synchronized HttpClient client() {
        HttpClient made =
                client.orElseGet(
                        () ->
                                HttpClient.newBuilder()
                                        .version(HttpClient.Version.HTTP_1_1)
                                        .followRedirects(HttpClient.Redirect.NEVER)
                                        .build());
        client = Optional.of(made);
        return made;
    }

    /** Sends a delivery and waits for the answer; whatever goes wrong is a reply. */
    Reply send(ClaimedDelivery delivery) throws InterruptedException {
        try {
            Optional<String> refusal = targets.refusal(delivery.url());
            if (refusal.isPresent()) {
                return new Reply.Silence("Nothing was sent: the url " + refusal.get() + ".");
            }
            HttpResponse<InputStream> response =
                    client().send(request(delivery), BodyHandlers.ofInputStream());
            // Nobody waits for the rest of the answer, which may be endless.
            response.body().close();
            return new Reply.Answer(
                    response.statusCode(), RetryAfter.of(response.headers(), clock.instant()));
        } catch (IOException e) {
            return new Reply.Silence(reason(e));
        } catch (RuntimeException e) {
            LOG.errorf(e, "The delivery %s could not be sent", delivery.id());
            return new Reply.Silence("The request could not be made.");
        }
    }

    private HttpRequest request(ClaimedDelivery delivery) {
        Instant now = clock.instant();
        byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
        String signatures =
                delivery.secrets().stream()
                        .map(secret -> secret.sign(delivery.id(), now.getEpochSecond(), body))
                        .collect(Collectors.joining(" "));
        return HttpRequest.newBuilder(delivery.url())
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("User-Agent", "ortune")
                .header("webhook-id", delivery.id())
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", signatures)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    private String reason(IOException e) {
        if (e instanceof HttpTimeoutException) {
            return "There was no answer within " + timeout.toSeconds() + " s.";
        }
        if (cause(UnknownHostException.class, e).isPresent()
                || cause(UnresolvedAddressException.class, e).isPresent()) {
            return "The url's host has no address.";
        }
        if (e instanceof ConnectException) {
            return "No connection could be made.";
        }
        // Java's client wraps it in an answer without a byte when it loses a race against the
        // request.
        return cause(SSLException.class, e)
                .map(tls -> "No secure connection could be made: " + tls.getMessage())
                .orElse("The connection broke off.");
    }

    private static <T extends Throwable> Optional<T> cause(Class<T> type, Throwable e) {
        for (Throwable one = e; one != null; one = one.getCause()) {
            if (type.isInstance(one)) {
                return Optional.of(type.cast(one));
            }
        }
        return Optional.empty();
    }
}
