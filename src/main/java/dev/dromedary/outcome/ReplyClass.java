package dev.dromedary.outcome;

/** The first digit of a reply (RFC 5321 section 4.2.1): of its code, or of its enhanced status where it has no code. */
enum ReplyClass {
    POSITIVE, INTERMEDIATE, TRANSIENT, PERMANENT, NONE;

    static ReplyClass of(SmtpReply reply) {
        if (reply.code() != 0) {
            return ofDigit(reply.code() / 100);
        }
        String status = reply.enhanced();
        return status == null || status.isEmpty() ? NONE : ofDigit(status.charAt(0) - '0');
    }

    private static ReplyClass ofDigit(int digit) {
        return switch (digit) {
            case 2 -> POSITIVE;
            case 3 -> INTERMEDIATE;
            case 4 -> TRANSIENT;
            case 5 -> PERMANENT;
            default -> NONE;
        };
    }
}
