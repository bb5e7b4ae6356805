package dev.ortune.api.access;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Names and addresses of this machine, as only it can use them. */
public final class Loopback {

    private static final String NAME = "localhost";

    private Loopback() {}

    /**
     * Whether an address is one of 127.0.0.0/8 or ::1. No name is looked up.
     *
     * @param literal an address, in brackets or not
     */
    public static boolean isAddress(String literal) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(unbracketed(literal));
        try {
            return bytes != null && InetAddress.getByAddress(bytes).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Netty made an address of another length", e);
        }
    }

    /** Whether a host in an address is {@code localhost} or a loopback address. */
    public static boolean isHost(String host) {
        return host.equalsIgnoreCase(NAME) || isAddress(host);
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }
}
