package dev.dromedary.config;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Address;

/** IP addresses read without asking a name server: checking a configuration must not depend on the network. */
final class Addresses {
    private Addresses() {
    }

    static boolean isLiteral(String text) {
        return bytes(text) != null;
    }

    /** True where only this machine can connect. A host name other than localhost counts as reachable. */
    static boolean isLoopback(String host) {
        byte[] bytes = bytes(host);
        if (bytes == null) {
            return host.equalsIgnoreCase("localhost");
        }
        return bytes.length == 4 ? bytes[0] == 127 : isZeroBut(bytes, 1);
    }

    /** True where two listeners on one port would be in each other's way. */
    static boolean overlap(String one, String other) {
        return isWildcard(one) || isWildcard(other) || one.equalsIgnoreCase(other) || isLocalhostAlias(one, other) || isLocalhostAlias(other, one);
    }

    private static boolean isLocalhostAlias(String one, String other) {
        return one.equalsIgnoreCase("localhost") && isLoopback(other);
    }

    private static boolean isWildcard(String host) {
        byte[] bytes = bytes(host);
        return bytes != null && isZeroBut(bytes, 0);
    }

    private static boolean isZeroBut(byte[] bytes, int last) {
        byte[] expected = new byte[bytes.length];
        expected[expected.length - 1] = (byte) last;
        return Arrays.equals(bytes, expected);
    }

    private static byte @Nullable [] bytes(String text) {
        byte[] four = Address.toByteArray(text, Address.IPv4);
        return four != null ? four : Address.toByteArray(text, Address.IPv6);
    }
}
