package dev.ortune.cli;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.Option;

/** Which running service a command asks. */
final class ServiceMixin {

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The service's address (${DEFAULT-VALUE}). The key is ORTUNE_API_KEY's.")
    private String url;

    /**
     * The service, with the key of the environment.
     *
     * @throws InvalidInputException {@code INVALID_OPTION}
     */
    RemoteService service(Workshop workshop) {
        return new RemoteService(address(), workshop.variable("ORTUNE_API_KEY"));
    }

    private URI address() {
        try {
            URI address = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
            if (address.getHost() != null && address.getScheme().startsWith("http")) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Told like one of another kind.
        }
        throw new InvalidInputException(
                ErrorCode.INVALID_OPTION,
                "--url is \"" + url + "\", no address of a service.",
                "Give it as http://host:port.");
    }
}
