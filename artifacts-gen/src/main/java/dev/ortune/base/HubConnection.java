package dev.ortune.base;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One exchange with the hub. Redirects are followed here and not by the HTTP client, so that the
 * token never leaves the endpoint's origin and headers of a redirecting answer can be read.
 */
final class HubConnection {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 10;

    private final HubSettings settings;
    private Optional<HttpClient> client = Optional.empty();

    HubConnection(HubSettings settings) {
        this.settings = settings;
    }

    /** Made when it is first needed: it reads every certificate that the system trusts. */
    private synchronized HttpClient client() {
        HttpClient made =
                client.orElseGet(
                        () ->
                                HttpClient.newBuilder()
                                        .version(HttpClient.Version.HTTP_1_1)
                                        .connectTimeout(settings.connectTimeout())
                                        .followRedirects(HttpClient.Redirect.NEVER)
                                        .build());
        client = Optional.of(made);
        return made;
    }

    /** GET, following every redirect. The caller closes the body. */
    HttpResponse<InputStream> get(URI uri, Map<String, String> headers)
            throws IOException, InterruptedException, HubException {
        return exchange("GET", uri, headers, false);
    }

    /**
     * HEAD, stopping at a redirect to another origin: the hub's checksum headers stand on the last
     * answer of its own (huggingface_hub {@code get_hf_file_metadata}).
     */
    HttpResponse<InputStream> head(URI uri) throws IOException, InterruptedException, HubException {
        return exchange("HEAD", uri, Map.of(), true);
    }

    private HttpResponse<InputStream> exchange(
            String method, URI start, Map<String, String> headers, boolean stayOnOrigin)
            throws IOException, InterruptedException, HubException {
        URI uri = start;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            HttpResponse<InputStream> response =
                    client().send(request(method, uri, headers), BodyHandlers.ofInputStream());
            Optional<String> location = response.headers().firstValue("Location");
            if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
                return checked(response);
            }
            URI next = target(uri, location.get());
            if (stayOnOrigin && !isSameOrigin(uri, next)) {
                return response;
            }
            response.body().close();
            uri = next;
        }
        throw new IOException(uri.getHost() + " redirects in a circle");
    }

    private HttpRequest request(String method, URI uri, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.noBody())
                        .timeout(settings.readTimeout())
                        .header("User-Agent", "ortune")
                        // A compressed body would have another length and another checksum.
                        .header("Accept-Encoding", "identity");
        headers.forEach(request::header);
        if (settings.token().isPresent() && isSameOrigin(uri, settings.endpoint())) {
            request.header("Authorization", "Bearer " + settings.token().get());
        }
        return request.build();
    }

    private HttpResponse<InputStream> checked(HttpResponse<InputStream> response)
            throws IOException, HubException {
        int status = response.statusCode();
        if (status < 400 || status == 416) {
            return response;
        }
        response.body().close();
        String said = response.uri().getHost() + " answered HTTP " + status;
        if (status == 429 || status >= 500) {
            throw new BusyException(said, retryAfter(response));
        }
        if (!isSameOrigin(response.uri(), settings.endpoint())) {
            // A signed address of the storage host may have expired; the next try gets a new one.
            throw new IOException(said);
        }
        throw new HubException(
                switch (status) {
                    case 401, 403 -> HubException.Kind.DENIED;
                    case 404, 410 -> HubException.Kind.NOT_FOUND;
                    default -> HubException.Kind.FAILED;
                },
                said);
    }

    private static URI target(URI from, String location) throws IOException {
        URI next;
        try {
            next = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException(from.getHost() + " redirects to a malformed address", e);
        }
        String scheme = String.valueOf(next.getScheme()).toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("https") || scheme.equals("http");
        boolean downgrade = "https".equalsIgnoreCase(from.getScheme()) && !scheme.equals("https");
        if (!web || downgrade || next.getHost() == null) {
            throw new IOException(from.getHost() + " redirects to an insecure address");
        }
        return next;
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
}
