package dev.ortune.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** The two questions put to a hub: which files a repository has, and what each file is. */
final class HubClient {

    static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final int LARGEST_ANSWER_BYTES = 32 << 20;

    private final HubSettings settings;
    private final HubConnection connection;
    private final Retries retries;
    private final ObjectMapper mapper = new ObjectMapper();

    HubClient(HubSettings settings, HubConnection connection, Retries retries) {
        this.settings = settings;
        this.connection = connection;
        this.retries = retries;
    }

    /** {@code GET /api/models/{name}/revision/main}. */
    HubRevision mainRevision(RepositoryName name) throws HubException {
        URI uri = URI.create(settings.endpoint() + "/api/models/" + name.text() + "/revision/main");
        return retries.firstContact(
                () -> {
                    HttpResponse<InputStream> response = connection.get(uri, Map.of());
                    try (InputStream body = response.body()) {
                        return parse(body.readNBytes(LARGEST_ANSWER_BYTES));
                    }
                });
    }

    /** {@code HEAD /{name}/resolve/{commit}/{file}}. */
    RemoteFile describe(RepositoryName name, String commit, String file) throws HubException {
        URI uri =
                URI.create(
                        "%s/%s/resolve/%s/%s"
                                .formatted(settings.endpoint(), name.text(), commit, file));
        HttpHeaders headers =
                retries.repeat(
                        () -> {
                            HttpResponse<InputStream> response = connection.head(uri);
                            response.body().close();
                            return response.headers();
                        });
        BlobId blob =
                headers.firstValue("X-Linked-Etag")
                        .or(() -> headers.firstValue("ETag"))
                        .flatMap(BlobId::parse)
                        .orElseThrow(() -> notAHub("it gives no checksum for " + file));
        return new RemoteFile(file, uri, blob, size(headers));
    }

    private static OptionalLong size(HttpHeaders headers) {
        try {
            OptionalLong linked = headers.firstValueAsLong("X-Linked-Size");
            // A redirect's Content-Length is that of the redirect.
            boolean redirected = headers.firstValue("Location").isPresent();
            return linked.isPresent() || redirected
                    ? linked
                    : headers.firstValueAsLong("Content-Length");
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private HubRevision parse(byte[] answer) throws IOException, HubException {
        JsonNode root;
        try {
            root = mapper.readTree(answer);
        } catch (JsonProcessingException e) {
            throw notAHub("its answer is not JSON");
        }
        String commit = root.path("sha").asText();
        if (!COMMIT.matcher(commit).matches()) {
            throw notAHub("its answer names no commit");
        }
        Set<String> files = new LinkedHashSet<>();
        root.path("siblings").forEach(sibling -> files.add(sibling.path("rfilename").asText()));
        return new HubRevision(commit, files);
    }

    private HubException notAHub(String why) {
        return new HubException(
                HubException.Kind.FAILED,
                settings.endpoint() + " does not answer as a Hugging Face hub: " + why);
    }
}
