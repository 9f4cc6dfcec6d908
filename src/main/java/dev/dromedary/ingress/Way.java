package dev.dromedary.ingress;

import java.util.Locale;

/** How a submission came in. */
public enum Way {
    JMS, HTTP, SMTP, FILE, REPLAY, DSN, REPORT, ALERT;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
