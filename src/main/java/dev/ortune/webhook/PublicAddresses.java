package dev.ortune.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses belong to the open internet: all but those of IANA's registries of special-purpose
 * addresses (IPv4, IPv6) and multicast.
 */
final class PublicAddresses {

    private static final List<Block> SPECIAL_V4 =
            blocks(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // behind a carrier's translation
                    "127.0.0.0/8", // loopback
                    "169.254.0.0/16", // link-local, clouds' metadata
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocols
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // relays of 6to4
                    "192.168.0.0/16", // private
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4"); // reserved, broadcast
    private static final Block GLOBAL_V6 = block("2000::/3");
    private static final List<Block> SPECIAL_V6 =
            blocks(
                    "2001::/23", // protocols, Teredo
                    "2001:db8::/32", // documentation
                    "2002::/16", // 6to4, which hides an IPv4 address
                    "3fff::/20"); // documentation

    /** An IPv4 address in the last four bytes (RFC 6052). */
    private static final Block TRANSLATED_V4 = block("64:ff9b::/96");

    private static final int V4_BYTES = 4;

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL_V4.stream().noneMatch(block -> block.contains(address));
        }
        if (TRANSLATED_V4.contains(address)) {
            byte[] bytes = address.getAddress();
            return contains(of(Arrays.copyOfRange(bytes, bytes.length - V4_BYTES, bytes.length)));
        }
        return GLOBAL_V6.contains(address)
                && SPECIAL_V6.stream().noneMatch(block -> block.contains(address));
    }

    /** Addresses that begin with the same bits; bytes, since native executables start without addresses. */
    private static final class Block {

        private final byte[] first;
        private final int bits;

        Block(byte[] first, int bits) {
            this.first = first;
            this.bits = bits;
        }

        boolean contains(InetAddress address) {
            byte[] other = address.getAddress();
            if (first.length != other.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int difference = first[bit / Byte.SIZE] ^ other[bit / Byte.SIZE];
                if ((difference >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private static List<Block> blocks(String... texts) {
        return Stream.of(texts).map(PublicAddresses::block).toList();
    }

    private static Block block(String text) {
        int slash = text.indexOf('/');
        try {
            // A literal is not looked up.
            return new Block(
                    InetAddress.getByName(text.substring(0, slash)).getAddress(),
                    Integer.parseInt(text.substring(slash + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
