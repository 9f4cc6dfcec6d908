package dev.dromedary.message;

/** The sender as it may be written. */
final class Sender {
    private Sender() {
    }

    /** The null reverse-path (RFC 5321 section 4.5.5), with or without its angle brackets. */
    static boolean isNull(String text) {
        return text.isEmpty() || text.equals("<>");
    }

    static Mailbox parse(String text) {
        return Mailbox.parse(text, RefusalCode.SENDER_MALFORMED, "from");
    }
}
