package dev.dromedary.alert;

import java.util.Locale;

/** Something to tell people of an alert. */
public record Telling(Alert alert, Kind kind) {
    public enum Kind {
        OPENED,
        /** A warning has become critical. */
        ESCALATED,
        /** It goes on, and nobody has acknowledged it. */
        REMINDED, RESOLVED,
        /** Nothing is wrong: somebody tries whether a receiver can be told. */
        TEST;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
