package dev.dromedary.message;

/**
 * A mailbox usable in an SMTP envelope (RFC 5321 section 4.1.2 Mailbox, RFC 6531 for UTF-8 local parts).
 *
 * @param localPart as written, quotes kept only where needed
 * @param domain    lower-case A-labels (RFC 5890), or an address literal in brackets
 */
public record EmailAddress(String localPart, String domain) {

    /** @throws RefusedException with {@link RefusalCode#ADDRESS_MALFORMED} when the text is no usable mailbox */
    public static EmailAddress parse(String text) {
        int at = text.lastIndexOf('@');
        if (at <= 0 || at == text.length() - 1) {
            throw new RefusedException(RefusalCode.ADDRESS_MALFORMED, "address", text, "write local-part@domain");
        }
        return new EmailAddress(text.substring(0, at), text.substring(at + 1).toLowerCase(java.util.Locale.ROOT));
    }

    /** True where the local part holds non-ASCII characters, so that the next hop must offer SMTPUTF8 (RFC 6531). */
    public boolean needsSmtpUtf8() {
        return !localPart.chars().allMatch(c -> c < 128);
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
