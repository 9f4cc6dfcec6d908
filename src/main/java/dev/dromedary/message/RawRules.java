package dev.dromedary.message;

/** What is asked of a raw message before anybody parses it. */
final class RawRules {
    private RawRules() {
    }

    static void check(byte[] bytes, SubmissionLimits limits) {
        if (bytes.length == 0) {
            throw new RefusedException(RefusalCode.BODY_EMPTY, "raw", "0 octets", "send a whole RFC 5322 message");
        }
        limits.refuseLargeContent("raw", bytes.length);
    }
}
