package dev.dromedary.hold;

import dev.dromedary.message.Envelope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The holds in force, in memory, as every message is checked against them. A hold whose time is up counts no longer, whether it was
 * taken away or not. Thread-safe; where nothing is held a look costs one volatile read.
 */
public final class Holds {
    private static final String POOL_PREFIX = Hold.subject(Hold.Kind.POOL, "");
    private static final String SEPARATOR = " ";

    private final InstantSource clock;
    private volatile Map<Hold.Kind, Map<String, Hold>> known = Map.of();

    public Holds(InstantSource clock) {
        this.clock = clock;
    }

    /** These and no others are known from now on. */
    public void replace(Collection<Hold> holds) {
        var fresh = new EnumMap<Hold.Kind, Map<String, Hold>>(Hold.Kind.class);
        holds.forEach(hold -> fresh.computeIfAbsent(hold.kind(), kind -> new HashMap<>()).put(hold.value(), hold));
        known = fresh;
    }

    /** The hold on one thing, or null. */
    public @Nullable Hold of(Hold.Kind kind, String value) {
        Map<String, Hold> ofKind = known.get(kind);
        Hold hold = ofKind == null ? null : ofKind.get(value);
        return hold != null && hold.expires().isAfter(clock.instant()) ? hold : null;
    }

    /** The hold on a message's provider, stream, campaign or sender's domain, of several the one that ends last, or null. Pools are the choice of a pool's business. */
    public @Nullable Hold on(Envelope envelope) {
        if (known.isEmpty()) {
            return null;
        }
        return Stream.of(of(Hold.Kind.PROVIDER, envelope.provider()), of(Hold.Kind.STREAM, envelope.stream()),
                        envelope.campaign() == null ? null : of(Hold.Kind.CAMPAIGN, envelope.campaign()),
                        envelope.from() == null ? null : of(Hold.Kind.SENDER, envelope.from().domain()))
                .filter(hold -> hold != null).max(Comparator.comparing(Hold::expires)).orElse(null);
    }

    /** In the order in which they were made. */
    public List<Hold> all() {
        Instant now = clock.instant();
        return known.values().stream().flatMap(ofKind -> ofKind.values().stream()).filter(hold -> hold.expires().isAfter(now))
                .sorted(Comparator.comparingLong(Hold::id)).toList();
    }

    /** What a message that these holds together keep from being sent waits for: it can go when any of them has ended. */
    public static String keyOf(Collection<Hold> holds) {
        return holds.stream().map(Hold::subject).sorted().collect(Collectors.joining(SEPARATOR));
    }

    /** Whether all of the holds that {@link #keyOf} named are still in force. Only pools come several at a time, and their ids hold no space. */
    public boolean stands(String key) {
        if (key.startsWith(POOL_PREFIX)) {
            return Stream.of(key.split(SEPARATOR)).allMatch(subject -> of(Hold.Kind.POOL, subject.substring(POOL_PREFIX.length())) != null);
        }
        return all().stream().anyMatch(hold -> hold.subject().equals(key));
    }
}
