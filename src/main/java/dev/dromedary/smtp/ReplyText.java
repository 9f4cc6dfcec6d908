package dev.dromedary.smtp;

import dev.dromedary.outcome.SmtpReply;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of the wire to one {@link SmtpReply}. A stand-in for the parser of the outcome package, which is to replace it. */
final class ReplyText {
    /** Longer text says nothing more. */
    private static final int TEXT_LIMIT = 4_000;
    private static final Pattern ENHANCED = Pattern.compile("^\\d{3}[ -]#?([245]\\.\\d{1,3}\\.\\d{1,3})(?=\\s|$)");
    private static final Pattern REPEATED = Pattern.compile("\\r?\\n\\d{3}[ -]?(?:[245]\\.\\d{1,3}\\.\\d{1,3}\\s)?");

    private ReplyText() {
    }

    static SmtpReply parse(int code, String lines) {
        String stripped = lines.strip();
        String cut = stripped.substring(0, Math.min(stripped.length(), TEXT_LIMIT));
        Matcher enhanced = ENHANCED.matcher(cut);
        String status = enhanced.find() ? enhanced.group(1) : null;
        String text = cut.indexOf('\n') < 0 ? cut : joined(cut);
        return new SmtpReply(code, status, text);
    }

    private static String joined(String lines) {
        String text = REPEATED.matcher(lines).replaceAll(" ");
        return text.length() > 3 && text.charAt(3) == '-' ? text.substring(0, 3) + ' ' + text.substring(4) : text;
    }
}
