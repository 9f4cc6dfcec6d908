package dev.dromedary.ingress;

import java.util.Locale;

/** How a submission came in. */
public enum Way {
    JMS, HTTP, SMTP, FILE, REPLAY, DSN, REPORT, ALERT;

    private final String id = name().toLowerCase(Locale.ROOT);

    public String id() {
        return id;
    }
}
