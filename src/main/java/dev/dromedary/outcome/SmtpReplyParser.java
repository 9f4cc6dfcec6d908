package dev.dromedary.outcome;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a reply: the lines of the wire (RFC 5321 section 4.2.1), the {@code smtp; 550 ...} of a delivery status
 * (RFC 3464 section 2.3.6), or another server's account of it ({@code host mx.example said: 550 5.1.1 ...}).
 */
public final class SmtpReplyParser {
    /** Longer text says nothing more, and would only cost time. */
    static final int TEXT_LIMIT = 4_000;

    private static final String CODE = "(2[0-4]\\d|25[0-4]|[3-5]\\d\\d)(?![\\w]|\\.\\d|/)";
    private static final Pattern LEADING_CODE = Pattern.compile("^(?:x-\\w+;|smtp;|[\"'<(\\[])?\\s*" + CODE, Pattern.CASE_INSENSITIVE);
    private static final Pattern REPORTED_CODE = Pattern.compile(
            "(?:\\b(?:said|says|responded|replied|returned|answered|response|reply|answer|error|error code|status|status code|code|smtp;)(?: was| is| with)?"
                    + "\\s?[:=]?|>:|: (?=\\d{3}[ -]#?[245]\\.\\d))\\s*[\"'<(\\[]?" + CODE + "(?=[ -]\\S)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTINUATION = Pattern.compile("^\\s*([2-5]\\d\\d)[- ](?:#?[245]\\.\\d{1,3}\\.\\d{1,3}\\s)?");
    private static final Pattern LINES = Pattern.compile("\\R");

    private SmtpReplyParser() {
    }

    /** @param text one or more lines; never null, may be blank */
    public static SmtpReply parse(String text) {
        return parse(LINES.splitAsStream(cut(text)).toList());
    }

    /** @param code the code that the client read from the wire; the text is not asked for another */
    public static SmtpReply parse(int code, String text) {
        return parse(code, LINES.splitAsStream(cut(text)).toList());
    }

    /** @param lines the lines of one reply, each with its code as on the wire, or without */
    public static SmtpReply parse(List<String> lines) {
        return parse(codeOf(lines.isEmpty() ? "" : lines.get(0).strip()), lines);
    }

    private static SmtpReply parse(int code, List<String> lines) {
        String first = withoutHyphen(lines.isEmpty() ? "" : lines.get(0).strip(), code);
        StringBuilder joined = new StringBuilder(first);
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String rest = withoutRepeatedCode(line, code).strip();
            if (!rest.isEmpty() && joined.length() < TEXT_LIMIT) {
                joined.append(joined.isEmpty() ? "" : " ").append(rest);
            }
        }
        String text = withoutInlineRepeats(cut(joined.toString()), code);
        return new SmtpReply(code, EnhancedStatus.find(text, code), text);
    }

    /** The first line of several has a hyphen behind its code (RFC 5321 section 4.2.1). */
    private static String withoutHyphen(String line, int code) {
        return code != 0 && line.startsWith(code + "-") ? code + " " + line.substring(4) : line;
    }

    private static int codeOf(String line) {
        Matcher leading = LEADING_CODE.matcher(line);
        if (leading.find()) {
            return Integer.parseInt(leading.group(1));
        }
        Matcher reported = REPORTED_CODE.matcher(line);
        return reported.find() ? Integer.parseInt(reported.group(1)) : 0;
    }

    private static String withoutRepeatedCode(String line, int code) {
        Matcher prefix = CONTINUATION.matcher(line);
        return code != 0 && prefix.find() && Integer.parseInt(prefix.group(1)) == code ? line.substring(prefix.end()) : line;
    }

    /** Logs join the lines of a reply by spaces and leave the code of each: {@code ... does 550-5.1.1 not exist}. */
    private static String withoutInlineRepeats(String text, int code) {
        if (code == 0 || text.indexOf(' ' + Integer.toString(code), 1) < 0) {
            return text;
        }
        int start = text.indexOf(Integer.toString(code)) + 3;
        String rest = text.substring(start).replaceAll("\\s" + code + "[- ](?:#?[245]\\.\\d{1,3}\\.\\d{1,3}\\s)?", " ");
        return text.substring(0, start) + rest;
    }

    private static String cut(@Nullable String text) {
        return text == null ? "" : text.substring(0, Math.min(text.length(), TEXT_LIMIT));
    }
}
