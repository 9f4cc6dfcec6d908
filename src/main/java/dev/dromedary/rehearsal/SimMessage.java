package dev.dromedary.rehearsal;

import dev.dromedary.config.Scenario;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One message under way in a rehearsal. */
final class SimMessage {
    private static final byte UNKNOWN = 1;
    private static final byte SPAM = 2;

    final Scenario.Traffic traffic;
    final String provider;
    final long acceptedAt;
    private final byte traits;
    int attempt = 1;
    boolean delivered;
    /** Pools of this attempt that are not to be asked again. */
    Set<String> tried = Set.of();
    int refusals;
    @Nullable String avoid;

    SimMessage(Scenario.Traffic traffic, String provider, long acceptedAt, boolean unknown, boolean spam) {
        this.traffic = traffic;
        this.provider = provider;
        this.acceptedAt = acceptedAt;
        this.traits = (byte) ((unknown ? UNKNOWN : 0) | (spam ? SPAM : 0));
    }

    boolean unknown() {
        return (traits & UNKNOWN) != 0;
    }

    boolean spam() {
        return (traits & SPAM) != 0;
    }

    boolean first() {
        return attempt == 1;
    }

    void again() {
        attempt++;
        tried = Set.of();
        refusals = 0;
    }
}
