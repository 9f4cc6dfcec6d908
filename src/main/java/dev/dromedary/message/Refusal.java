package dev.dromedary.message;

/**
 * A refusal in the form every way in reports: which field, what was seen there, and what to change.
 *
 * @param subject the field or thing refused, such as {@code to[3]} or {@code headers.Subject}
 * @param seen    the value seen, cut to a readable length and with control characters made visible
 * @param advice  what the caller should change
 */
public record Refusal(RefusalCode code, String subject, String seen, String advice) {
    private static final int SEEN_LIMIT = 120;

    public Refusal {
        seen = visible(seen);
    }

    /** {@code [CODE] subject: value seen; what to change}. Safe to log and to send over SMTP: one printable ASCII-or-UTF-8 line. */
    public String text() {
        return "[" + code + "] " + subject + ": " + seen + "; " + advice;
    }

    private static String visible(String value) {
        var out = new StringBuilder();
        value.codePoints().limit(SEEN_LIMIT).forEach(c -> {
            if (c == '\r') {
                out.append("\\r");
            } else if (c == '\n') {
                out.append("\\n");
            } else if (Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return value.codePointCount(0, value.length()) > SEEN_LIMIT ? out.append("...").toString() : out.toString();
    }
}
