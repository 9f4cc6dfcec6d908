package dev.dromedary.message;

/**
 * A mailbox usable in an SMTP envelope (RFC 5321 section 4.1.2 Mailbox, RFC 6531 for UTF-8 local parts).
 *
 * <p>Two addresses are equal where their canonical forms are: the case of the local part counts (RFC 5321 section 2.4), that of the
 * domain does not, and neither do quotes that the local part does not need.
 *
 * @param localPart as written but for Unicode normalisation form C; quotes and backslashes kept only where needed. 1-64 octets of UTF-8
 * @param domain    lower-case A-labels (RFC 5890), or an address literal in brackets
 */
public record EmailAddress(String localPart, String domain) {

    /** @throws RefusedException with {@link RefusalCode#ADDRESS_MALFORMED} when the text is no usable mailbox */
    public static EmailAddress parse(String text) {
        return AddressParser.parse(text);
    }

    /** True where the local part holds non-ASCII characters, so that the next hop must offer SMTPUTF8 (RFC 6531). */
    public boolean needsSmtpUtf8() {
        for (int i = 0; i < localPart.length(); i++) {
            if (localPart.charAt(i) >= 128) {
                return true;
            }
        }
        return false;
    }

    /** True for {@code [192.0.2.1]} and {@code [IPv6:2001:db8::1]}: mail for it goes to that host, and to no provider. */
    public boolean hasAddressLiteral() {
        return domain.startsWith("[");
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
