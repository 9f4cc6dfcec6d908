package dev.dromedary.ingress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The argument of MAIL or RCPT (RFC 5321 section 4.1.2): {@code FROM:<path> KEYWORD=value ...}.
 *
 * @param mailbox    the text between the angle brackets without a source route; empty for {@code <>}
 * @param parameters by upper-case keyword, in order; the value is empty where the parameter has none
 */
record SmtpPath(String mailbox, Map<String, String> parameters) {
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*)(?:=([^=\\s\\p{Cntrl}]+))?");

    /** @param prefix {@code FROM:} or {@code TO:} */
    static SmtpPath parse(String argument, String prefix, String syntax) throws SmtpReplyException {
        if (!argument.regionMatches(true, 0, prefix, 0, prefix.length())) {
            throw new SmtpReplyException(501, "5.5.4", "Syntax: " + syntax);
        }
        String rest = argument.substring(prefix.length()).stripLeading();
        int end = endOfPath(rest);
        if (end < 0 || end + 1 < rest.length() && rest.charAt(end + 1) != ' ') {
            throw new SmtpReplyException(501, "5.5.4", "Syntax: " + syntax);
        }
        return new SmtpPath(withoutSourceRoute(rest.substring(1, end)), parameters(rest.substring(end + 1)));
    }

    /** The place of the closing bracket, or -1: one inside a quoted string does not count. */
    private static int endOfPath(String text) {
        if (!text.startsWith("<")) {
            return -1;
        }
        boolean quoted = false;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** Source routes are to be accepted and ignored (section 4.1.1.3). */
    private static String withoutSourceRoute(String path) {
        int colon = path.indexOf(':');
        return path.startsWith("@") && colon > 0 ? path.substring(colon + 1) : path;
    }

    private static Map<String, String> parameters(String text) throws SmtpReplyException {
        if (text.isBlank()) {
            return Map.of();
        }
        var found = new LinkedHashMap<String, String>();
        for (String word : words(text)) {
            var match = PARAMETER.matcher(word);
            if (!match.matches()) {
                throw new SmtpReplyException(501, "5.5.4", "Parameter is no KEYWORD or KEYWORD=value");
            }
            String value = match.group(2) == null ? "" : match.group(2);
            if (found.put(match.group(1).toUpperCase(Locale.ROOT), value) != null) {
                throw new SmtpReplyException(501, "5.5.4", "Parameter given twice: " + match.group(1));
            }
        }
        return found;
    }

    private static List<String> words(String text) {
        var words = new ArrayList<>(List.of(text.split(" ")));
        words.removeIf(String::isEmpty);
        return words;
    }
}
