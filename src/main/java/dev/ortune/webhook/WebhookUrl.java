package dev.ortune.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** What an endpoint's address may look like. */
final class WebhookUrl {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int LONGEST_CHARACTERS = 2048;
    private static final int LAST_PORT = 65535;
    private static final String EXAMPLE = "Give one like https://example.com/hooks.";

    private WebhookUrl() {}

    /**
     * Checks an address, without looking its host up.
     *
     * @return in ASCII
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST}
     */
    static URI parse(String text) {
        URI url;
        try {
            url = new URI(new URI(text).toASCIIString());
        } catch (URISyntaxException e) {
            throw WebhookFault.url("is malformed: " + e.getReason(), EXAMPLE);
        }
        if (url.toString().length() > LONGEST_CHARACTERS) {
            throw WebhookFault.url(
                    "is longer than " + LONGEST_CHARACTERS + " characters", "Shorten it.");
        }
        if (url.getScheme() == null
                || !SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT))) {
            throw WebhookFault.url("is neither http nor https", EXAMPLE);
        }
        if (url.getRawUserInfo() != null) {
            throw WebhookFault.url(
                    "holds a user name or password",
                    "Leave it out: signatures show who sends, and the path may hold a token.");
        }
        if (url.getHost() == null || url.getPort() == 0 || url.getPort() > LAST_PORT) {
            throw WebhookFault.url(
                    "names no host or no valid port", "Write the host's name in ASCII (Punycode).");
        }
        if (url.getRawFragment() != null) {
            throw WebhookFault.url("holds a fragment, which is never sent", "Leave out the #.");
        }
        return url;
    }
}
