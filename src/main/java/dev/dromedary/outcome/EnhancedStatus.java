package dev.dromedary.outcome;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the enhanced status (RFC 3463 section 2) in a reply's text, and takes no address or version number for one. */
final class EnhancedStatus {
    private static final String STATUS = "([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\w]|\\.\\d|/\\d)";
    private static final Pattern AFTER_CODE = Pattern.compile("^\\W{0,2}(?:x-\\w+;|smtp;)?\\s*\\d{3}[- :,.]\\s?[(\\[<]?#?" + STATUS, Pattern.CASE_INSENSITIVE);
    private static final Pattern MARKED = Pattern.compile("(?:^[(\\[<]?|[#(\\[;=]|\\b(?:status|code|error|dsn|said|smtp)[:=]?\\s?|: ?)" + STATUS, Pattern.CASE_INSENSITIVE);
    private static final Pattern BARE = Pattern.compile("([\\w/.-]+)?[\\s,]\\(?" + STATUS);
    private static final Pattern PRODUCT = Pattern.compile(
            ".*(?:\\d|^v|ver|version|release|exim|postfix|sendmail|qmail|exchange|server|mta|esmtp|smtpd?|mailer|build|php|ssl|tls|java|python|agent|ip|address|host|from|by|at|to)",
            Pattern.CASE_INSENSITIVE);

    private EnhancedStatus() {
    }

    /** @param code the reply's code, or 0; a status elsewhere than right behind the code must be of the same class as the code */
    static @Nullable String find(String text, int code) {
        Matcher afterCode = AFTER_CODE.matcher(text);
        if (code != 0 && afterCode.find()) {
            return afterCode.group(1);
        }
        String marked = first(MARKED.matcher(text), 1, code);
        return marked != null ? marked : bare(text, code);
    }

    private static @Nullable String bare(String text, int code) {
        if (code == 0) {
            return null;
        }
        Matcher matcher = BARE.matcher(text);
        while (matcher.find()) {
            String before = matcher.group(1);
            boolean behindCode = before != null && before.endsWith(Integer.toString(code));
            if (sameClass(matcher.group(2), code) && (before == null || behindCode || !PRODUCT.matcher(before).matches())) {
                return matcher.group(2);
            }
        }
        return null;
    }

    private static @Nullable String first(Matcher matcher, int group, int code) {
        while (matcher.find()) {
            if (sameClass(matcher.group(group), code)) {
                return matcher.group(group);
            }
        }
        return null;
    }

    private static boolean sameClass(String status, int code) {
        return code == 0 || status.charAt(0) - '0' == code / 100;
    }
}
