package dev.ortune.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where webhooks may go to. Tenants choose addresses, so that without a bound they could have this
 * service send requests into its own network (server-side request forgery).
 *
 * <p>An address is looked up and checked directly before a connection is made, which then finds the same
 * answer in Java's cache of names; so {@code networkaddress.cache.ttl} must not be 0. A network whose
 * hosts must never be reached should be closed to this service besides.
 */
public final class TargetPolicy {

    /** How names become addresses. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final boolean isPrivateAllowed;
    private final Lookup lookup;

    TargetPolicy(boolean isPrivateAllowed, Lookup lookup) {
        this.isPrivateAllowed = isPrivateAllowed;
        this.lookup = lookup;
    }

    /** Only hosts of the open internet. */
    public static TargetPolicy publicOnly() {
        return new TargetPolicy(false, InetAddress::getAllByName);
    }

    /** Any host, this machine included: where tenants and the network trust each other. */
    public static TargetPolicy allowPrivateAddresses() {
        return new TargetPolicy(true, InetAddress::getAllByName);
    }

    /**
     * Looks a host up if that decides.
     *
     * @return why nothing may be sent there, as the rest of a sentence; empty when it may
     * @throws UnknownHostException when the host has no address now
     */
    Optional<String> refusal(URI url) throws UnknownHostException {
        if (isPrivateAllowed) {
            return Optional.empty();
        }
        for (InetAddress address : lookup.addresses(url.getHost())) {
            if (!PublicAddresses.contains(address)) {
                return Optional.of("leads to an address that is not of the open internet");
            }
        }
        return Optional.empty();
    }
}
