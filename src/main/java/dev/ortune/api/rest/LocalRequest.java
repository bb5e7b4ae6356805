package dev.ortune.api.rest;

import dev.ortune.api.access.Loopback;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * Tells requests that a program on this machine made from those that only come from it: a proxy passes
 * on those of others, and a browser sends what a page of anybody's has it send. Headers are believed
 * where they speak against the request, never where they speak for it.
 */
final class LocalRequest {

    private static final List<String> PASSED_ON =
            List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP");

    private LocalRequest() {}

    static boolean is(HttpServerRequest request) {
        return Optional.ofNullable(request.connection().remoteAddress().hostAddress())
                        .filter(Loopback::isAddress)
                        .isPresent()
                && PASSED_ON.stream().noneMatch(name -> request.getHeader(name) != null)
                && isAddressedToThisMachine(request)
                && isOriginLocal(request);
    }

    /** A page may have its own name point to this machine, but not change the name. */
    private static boolean isAddressedToThisMachine(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return authority == null || Loopback.isHost(authority.host());
    }

    private static boolean isOriginLocal(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return true;
        }
        try {
            return Optional.ofNullable(new URI(origin).getHost())
                    .filter(Loopback::isHost)
                    .isPresent();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
