package dev.dromedary.message;

/**
 * An address with or without a display name: {@code a@example.com}, {@code <a@example.com>}, {@code "Lee, Ann" <a@example.com>}
 * (RFC 5322 section 3.4 mailbox, without its comments and obsolete forms).
 *
 * @param named true where there is a display name
 */
record Mailbox(EmailAddress address, boolean named) {
    private static final String NEED_QUOTES = "()<>[]:;@\\,";

    /** @throws RefusedException with the code and subject given, or {@link RefusalCode#HEADER_INJECTION} */
    static Mailbox parse(String text, RefusalCode code, String subject) {
        TextRules.refuseControls(subject, text);
        try {
            int open = text.endsWith(">") ? openingBracket(text) : -1;
            if (open < 0) {
                return new Mailbox(EmailAddress.parse(text), false);
            }
            EmailAddress address = EmailAddress.parse(text.substring(open + 1, text.length() - 1).strip());
            return new Mailbox(address, !text.substring(0, open).isBlank());
        } catch (MalformedException malformed) {
            throw new RefusedException(code, subject, text, malformed.getMessage());
        } catch (RefusedException refused) {
            throw new RefusedException(code, subject, text, refused.refusal().advice());
        }
    }

    /** The first angle bracket outside quotes. All before it must be a phrase, or a second address could hide there. */
    private static int openingBracket(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '<') {
                return i;
            } else if (!quoted && NEED_QUOTES.indexOf(c) >= 0) {
                throw new MalformedException("the display name holds '" + c + "': put the name in double quotes");
            }
        }
        throw new MalformedException(quoted ? "a double quote is never closed: close it" : "there is no < before the >: write Name <local-part@domain>");
    }
}
