package dev.dromedary.isolation;

import java.util.Locale;

/** A limit that was broken: what is to be paused, and why. */
public record Trip(Kind kind, String value, String reason) {

    public enum Kind {
        CAMPAIGN, STREAM, SENDER;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
