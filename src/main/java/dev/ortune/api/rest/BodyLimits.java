package dev.ortune.api.rest;

import dev.ortune.serve.BodyConfiguration;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How large the body of a request may be: uploads have a limit of their own. */
@Singleton
public final class BodyLimits {

    private static final Pattern UPLOAD = Pattern.compile("/v1/(models/[^/]+/versions|files)/?");

    private final long uploadBytes;
    private final long otherBytes;

    /**
     * The limits.
     *
     * @param all holds for every request, and is no less than the two others unless somebody set it
     */
    public BodyLimits(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize all,
            BodyConfiguration configuration) {
        this.uploadBytes =
                Math.min(all.asLongValue(), configuration.upload().maxBytes().asLongValue());
        this.otherBytes =
                Math.min(all.asLongValue(), configuration.request().maxBytes().asLongValue());
    }

    /** The most bytes that a request's body may have. */
    long bytes(HttpServerRequest request) {
        return isUpload(request) ? uploadBytes : otherBytes;
    }

    /** Whether the request may bring an adapter or rows. */
    boolean isUpload(HttpServerRequest request) {
        return request.method().equals(HttpMethod.POST)
                && request.path() != null
                && UPLOAD.matcher(request.path()).matches();
    }
}
