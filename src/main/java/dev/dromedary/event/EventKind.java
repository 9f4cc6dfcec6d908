package dev.dromedary.event;

import java.util.Locale;

/** A step in a message's life. The lower-case, hyphenated id is what the API and the database hold. */
public enum EventKind {
    ACCEPTED, SCHEDULED, DELIVERED, DELIVERED_IN_DOUBT, DEFERRED, BOUNCED, EXPIRED, SUPPRESSED, CANCELLED, DEAD_LETTERED, REPLAYED, COMPLAINED;

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    public String id() {
        return id;
    }

    public static EventKind ofId(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
