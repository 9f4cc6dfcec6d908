package dev.dromedary.message;

import java.util.Locale;

/** {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]} in place of a domain (RFC 5321 section 4.1.3). No other tag is registered with IANA. */
final class AddressLiteral {
    private static final String IPV6_TAG = "IPv6:";
    private static final int GROUPS = 8;

    private AddressLiteral() {
    }

    /** @param text begins with a bracket */
    static String canonical(String text) {
        if (!text.endsWith("]")) {
            throw new MalformedException("the domain opens a bracket and does not end with the closing one: write [192.0.2.1] or [IPv6:2001:db8::1]");
        }
        String inside = text.substring(1, text.length() - 1);
        if (inside.regionMatches(true, 0, IPV6_TAG, 0, IPV6_TAG.length())) {
            String address = inside.substring(IPV6_TAG.length());
            if (!isIpv6(address)) {
                throw new MalformedException("the domain is no IPv6 address literal: write 8 groups of 1-4 hex digits, or fewer with one ::");
            }
            return "[" + IPV6_TAG + address.toLowerCase(Locale.ROOT) + "]";
        }
        if (!isIpv4(inside)) {
            throw new MalformedException("the domain is no IPv4 address literal: write [192.0.2.1], or [IPv6:...] with its tag");
        }
        return text;
    }

    private static boolean isIpv4(String text) {
        String[] numbers = text.split("\\.", -1);
        if (numbers.length != 4) {
            return false;
        }
        for (String number : numbers) {
            boolean digits = !number.isEmpty() && number.length() <= 3 && number.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits || Integer.parseInt(number) > 255) {
                return false;
            }
        }
        return true;
    }

    /**
     * RFC 5321 lets {@code ::} stand for two groups or more, RFC 4291, which it cites, for one or more. Both are accepted: a receiver that
     * follows either is able to read the address.
     */
    private static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == GROUPS;
        }
        if (text.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after < GROUPS;
    }

    /** How many 16-bit groups the text holds, or -1 where it holds something else. @param ipv4Last the last two may be an IPv4 address */
    private static int groups(String text, boolean ipv4Last) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int count = parts.length;
        for (int i = 0; i < parts.length; i++) {
            if (ipv4Last && i == parts.length - 1 && isIpv4(parts[i])) {
                count++;
            } else if (!isHexGroup(parts[i])) {
                return -1;
            }
        }
        return count;
    }

    private static boolean isHexGroup(String text) {
        return !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    }
}
