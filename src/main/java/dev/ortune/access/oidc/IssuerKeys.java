package dev.ortune.access.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.UnavailableException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jose4j.http.Get;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;

/**
 * The issuer's public keys, fetched when a token first comes and again when one is signed with a key
 * that is not among them. An issuer that does not answer is left alone for a while. Thread-safe.
 */
final class IssuerKeys {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** So that forged tokens with unknown keys do not become requests to the issuer. */
    private static final Duration REFRESH_PAUSE = Duration.ofSeconds(10);

    private static final int OK = 200;

    private final OidcSettings settings;
    private final LongSupplier nanoTime;
    private Optional<VerificationKeyResolver> resolver = Optional.empty();
    private Optional<UnavailableException> failure = Optional.empty();
    private long failedNanos;

    IssuerKeys(OidcSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /**
     * Finds keys for tokens.
     *
     * @throws UnavailableException {@code ISSUER_UNAVAILABLE}
     */
    synchronized VerificationKeyResolver resolver() {
        if (resolver.isPresent()) {
            return resolver.get();
        }
        if (failure.isPresent() && nanoTime.getAsLong() - failedNanos < PAUSE.toNanos()) {
            throw failure.get();
        }
        try {
            VerificationKeyResolver found = resolver(address());
            resolver = Optional.of(found);
            return found;
        } catch (IOException e) {
            UnavailableException told = unavailable(e);
            failure = Optional.of(told);
            failedNanos = nanoTime.getAsLong();
            throw told;
        }
    }

    /** What is told when the issuer does not answer. */
    UnavailableException unavailable(Exception cause) {
        return new UnavailableException(
                ErrorCode.ISSUER_UNAVAILABLE,
                "The issuer of tokens " + settings.issuer() + " does not answer as it should.",
                "Check ortune.oidc.issuer and that the service reaches it; API keys work meanwhile.",
                cause);
    }

    private String address() throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(settings.configuration()).timeout(PATIENCE).build();
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        HttpResponse<String> answer;
        try {
            answer = client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (answer.statusCode() != OK) {
            throw new IOException(settings.configuration() + " answers " + answer.statusCode());
        }
        JsonNode configuration = JsonMapper.builder().build().readTree(answer.body());
        String issuer = configuration.path("issuer").asText();
        String keys = configuration.path("jwks_uri").asText();
        if (!issuer.equals(settings.issuer()) || keys.isEmpty()) {
            throw new IOException(
                    settings.configuration() + " is of the issuer \"" + issuer + "\"");
        }
        return keys;
    }

    private static VerificationKeyResolver resolver(String address) {
        Get get = new Get();
        get.setConnectTimeout((int) PATIENCE.toMillis());
        get.setReadTimeout((int) PATIENCE.toMillis());
        get.setRetries(1);
        HttpsJwks keys = new HttpsJwks(address);
        keys.setSimpleHttpGet(get);
        keys.setRefreshReprieveThreshold(REFRESH_PAUSE.toMillis());
        // The keys that are known serve while the issuer is away.
        keys.setRetainCacheOnErrorDuration(Duration.ofHours(1).toSeconds());
        return new HttpsJwksVerificationKeyResolver(keys);
    }
}
