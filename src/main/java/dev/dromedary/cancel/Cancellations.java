package dev.dromedary.cancel;

import dev.dromedary.message.Envelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The cancellations that stand, in memory. Those of one message are found by its id, the others, of which there are few, one by one. Safe for use by many threads. */
public final class Cancellations {
    private final Map<String, Cancellation> byMessage = new ConcurrentHashMap<>();
    private final List<Cancellation> others = new CopyOnWriteArrayList<>();

    /** The one that stops this message, if any. */
    public Optional<Cancellation> stopping(Envelope envelope) {
        if (!byMessage.isEmpty()) {
            Cancellation own = either(byMessage.get(envelope.id()), byMessage.get(envelope.submissionId()), envelope);
            if (own != null) {
                return Optional.of(own);
            }
        }
        for (Cancellation other : others) {
            if (other.stops(envelope)) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    private static @Nullable Cancellation either(@Nullable Cancellation one, @Nullable Cancellation other, Envelope envelope) {
        return one != null && one.stops(envelope) ? one : other != null && other.stops(envelope) ? other : null;
    }

    void add(Cancellation added) {
        String message = added.scope().messageId();
        if (message != null) {
            byMessage.merge(message, added, (a, b) -> b.at().isAfter(a.at()) ? b : a);
        } else if (others.stream().noneMatch(known -> known.id() == added.id())) {
            others.add(added);
        }
    }

    void forgetExpired(Instant now) {
        byMessage.values().removeIf(known -> !known.expires().isAfter(now));
        var over = new ArrayList<>(others);
        over.removeIf(known -> known.expires().isAfter(now));
        others.removeAll(over);
    }
}
