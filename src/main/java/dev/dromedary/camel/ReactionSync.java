package dev.dromedary.camel;

import dev.dromedary.reaction.ActiveReaction;
import dev.dromedary.reaction.ReactionBook;
import dev.dromedary.store.ReactionStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the book of reactions and the database together, so that they outlive a restart and hold on every node. Beside the messages, never for each. */
public final class ReactionSync {
    private static final Logger LOG = LoggerFactory.getLogger(ReactionSync.class);

    private final ReactionBook book;
    private final ReactionStore store;
    private final InstantSource clock;
    private final MultiGauge active;
    private boolean away;

    ReactionSync(ReactionBook book, ReactionStore store, InstantSource clock, MeterRegistry registry) {
        this.book = book;
        this.store = store;
        this.clock = clock;
        this.active = MultiGauge.builder("dromedary.reactions.active").description("Reactions under way: what a provider's replies made us do for a while").register(registry);
    }

    /** Writes what is new and reads what all nodes know. Where the database is away, the book goes on by itself. */
    public synchronized void sync() {
        List<ActiveReaction> changed = book.takeChanged();
        try {
            store.write(changed, clock.instant());
            book.replace(store.active(clock.instant()));
            away = false;
        } catch (SQLException e) {
            book.giveBack(changed);
            if (!away) {
                LOG.warn("[REACTIONS_UNSHARED] database: {}; reactions go on in this node, and are written when it is back", e.getMessage());
            }
            away = true;
        }
        Map<Tags, Long> counted = book.active().stream().collect(Collectors.groupingBy(
                one -> Tags.of("provider", one.provider(), "pool", one.pool(), "action", one.action().id()), Collectors.counting()));
        active.register(counted.entrySet().stream().<MultiGauge.Row<?>>map(one -> MultiGauge.Row.of(one.getKey(), one.getValue())).toList(), true);
    }
}
