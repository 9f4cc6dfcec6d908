package dev.dromedary.ingress;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

enum SmtpVerb {
    HELO, EHLO, MAIL, RCPT, DATA, RSET, NOOP, QUIT, VRFY, HELP, AUTH, STARTTLS,
    /** Known and not offered. */
    EXPN, BDAT, ETRN, TURN,
    /** The first word of an HTTP request: a browser sent to this port, whose body could hold SMTP commands. */
    HTTP,
    UNKNOWN;

    private static final Map<String, SmtpVerb> BY_NAME = Stream.concat(
            Stream.of(values()).filter(v -> v != HTTP && v != UNKNOWN).map(v -> Map.entry(v.name(), v)),
            Stream.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "HOST:", "USER-AGENT:")
                    .map(name -> Map.entry(name, HTTP)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    static SmtpVerb of(String word) {
        return BY_NAME.getOrDefault(word.toUpperCase(Locale.ROOT), UNKNOWN);
    }
}
