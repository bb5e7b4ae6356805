package dev.ortune.base;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Which hub to ask and where to keep what it sends, by the variables that Python's huggingface_hub
 * reads, so that both share one cache.
 *
 * @param endpoint the hub, without a trailing slash
 * @param token the access token; sent to the endpoint's own origin only
 * @param cacheDirectory the folder of {@code models--org--name} folders
 * @param connectTimeout how long to wait for a connection; short, so that a machine without network
 *     finds out quickly
 * @param readTimeout how long a connection may be silent before it counts as broken
 * @param retries how often a broken transfer is tried again
 * @param firstRetryDelay the pause before the first retry; doubled each time
 * @param offline whether the network must be left alone
 */
public record HubSettings(
        URI endpoint,
        Optional<String> token,
        Path cacheDirectory,
        Duration connectTimeout,
        Duration readTimeout,
        int retries,
        Duration firstRetryDelay,
        boolean offline) {

    private static final String PUBLIC_HUB = "https://huggingface.co";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(20);
    private static final int RETRIES = 5;
    private static final Duration FIRST_RETRY_DELAY = Duration.ofMillis(500);

    public HubSettings {
        // A token is never shown, not even a wrong one.
        if (token.isPresent() && !token.get().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "The Hugging Face token holds a character that no token has.",
                    "Set HF_TOKEN to the token alone, without spaces or line breaks.");
        }
    }

    /**
     * Reads {@code HF_ENDPOINT}, {@code HF_TOKEN} (else the file {@code HF_TOKEN_PATH} or {@code
     * HF_HOME/token}), {@code HF_HOME}, {@code HF_HUB_CACHE} and {@code HF_HUB_OFFLINE}.
     *
     * @throws InvalidInputException {@code INVALID_OPTION} when a variable cannot be understood
     */
    public static HubSettings fromEnvironment(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        Path home =
                environment
                        .path("HF_HOME")
                        .orElseGet(() -> environment.cacheDirectory().resolve("huggingface"));
        return new HubSettings(
                endpoint(environment.text("HF_ENDPOINT").orElse(PUBLIC_HUB)),
                environment.text("HF_TOKEN").or(() -> storedToken(environment, home)),
                environment.path("HF_HUB_CACHE").orElseGet(() -> home.resolve("hub")),
                CONNECT_TIMEOUT,
                READ_TIMEOUT,
                RETRIES,
                FIRST_RETRY_DELAY,
                environment.flag("HF_HUB_OFFLINE"));
    }

    private static URI endpoint(String text) {
        try {
            URI uri = new URI(text.replaceAll("/+$", ""));
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException ignored) {
            // Reported below, as any other text that is no web address.
        }
        throw new InvalidInputException(
                ErrorCode.INVALID_OPTION,
                "HF_ENDPOINT is not a web address.",
                "Set HF_ENDPOINT to something like " + PUBLIC_HUB + ", or leave it unset.");
    }

    private static Optional<String> storedToken(Environment environment, Path home) {
        Path file = environment.path("HF_TOKEN_PATH").orElseGet(() -> home.resolve("token"));
        try {
            return Optional.of(Files.readString(file).strip()).filter(s -> !s.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "HubSettings[endpoint=%s, token=%s, cacheDirectory=%s, offline=%s]"
                .formatted(endpoint, token.isPresent() ? "set" : "none", cacheDirectory, offline);
    }
}
