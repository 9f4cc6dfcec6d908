package dev.dromedary.engagement;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a recipient did. A click is done by hand more surely than an open, which a mail program may do by itself; a reply is written. */
public enum EngagementKind {
    OPEN(1), CLICK(3), REPLY(5), UNSUBSCRIBE(0);

    private final double weight;

    EngagementKind(double weight) {
        this.weight = weight;
    }

    /** How many opens it is worth as evidence of when the recipient reads. */
    double weight() {
        return weight;
    }

    /** Whether a machine may have done it: programs load pictures and follow links, and write no replies. */
    boolean mechanical() {
        return this == OPEN || this == CLICK;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EngagementKind> of(String id) {
        return Stream.of(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }
}
