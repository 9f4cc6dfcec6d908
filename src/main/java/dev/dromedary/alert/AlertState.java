package dev.dromedary.alert;

import java.util.Locale;

/** What has become of an alert. */
public enum AlertState {
    /** Bad, but not for long enough to tell anybody. */
    PENDING, OPEN, ACKNOWLEDGED, RESOLVED;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
