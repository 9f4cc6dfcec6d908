package dev.dromedary.camel;

import dev.dromedary.pace.Ceiling;
import dev.dromedary.pool.Ejections;
import dev.dromedary.reputation.Reputation;
import dev.dromedary.reputation.ReputationBook;
import dev.dromedary.reputation.ReputationBook.Row;
import dev.dromedary.reputation.Subject;
import dev.dromedary.store.ReputationStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the book of reputations and the database together, so that they outlive a restart and every node knows what the others have heard. Beside the messages, never
 * for each. Shows them as metrics too.
 */
public final class ReputationSync {
    private static final Logger LOG = LoggerFactory.getLogger(ReputationSync.class);
    /** Clocks of nodes may differ, and a write may come late: what is read again replaces itself. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private final ReputationBook book;
    private final Ejections ejections;
    private final ReputationStore store;
    private final InstantSource clock;
    private final MultiGauge scores;
    private final MultiGauge out;
    private final Map<Key, Row> heard = new HashMap<>();
    private final int most;
    private Instant readTo = Instant.EPOCH;
    private boolean restored;
    private boolean away;

    private record Key(String node, Subject subject) {
    }

    /** @param most rows of others that are kept */
    ReputationSync(ReputationBook book, Ejections ejections, ReputationStore store, int most, InstantSource clock, MeterRegistry registry) {
        this.book = book;
        this.ejections = ejections;
        this.store = store;
        this.most = most;
        this.clock = clock;
        this.scores = MultiGauge.builder("dromedary.reputation.score").description("Reputation of a pool with a provider, 0 to 1").register(registry);
        this.out = MultiGauge.builder("dromedary.ejections.active").description("1 where a pool is taken out towards a provider that blocks it").register(registry);
        ejections.onEjection((pool, provider) -> {
            Counter.builder("dromedary.ejections").description("Times that a pool was taken out towards a provider that blocks it").tag("pool", pool).tag("provider", provider)
                    .register(registry).increment();
            Ceiling.Halt halt = ejections.of(pool, provider).halt();
            LOG.warn("[POOL_EJECTED] pool {} to {}: {}; other pools of its routes take the mail. See: bin/dromedary reputation --pool {}", pool, provider,
                    halt == null ? "taken out" : halt.why(), pool);
        });
    }

    /** Writes what changed and reads what the other nodes wrote. Where the database is away, the book goes on by itself. */
    public synchronized void sync() {
        Instant now = clock.instant();
        List<Row> changed = List.of();
        try {
            if (!restored) {
                book.restore(store.own());
                restored = true;
            }
            changed = book.takeChanged();
            store.write(changed, now);
            readOthers(now);
            away = false;
        } catch (SQLException e) {
            book.giveBack(changed);
            if (!away) {
                LOG.warn("[REPUTATION_UNSHARED] database: {}; reputations go on in this node, and are written when it is back", e.getMessage());
            }
            away = true;
        }
        show(now);
    }

    private void readOthers(Instant now) throws SQLException {
        List<ReputationStore.Heard> news = store.others(readTo.equals(Instant.EPOCH) ? readTo : readTo.minus(OVERLAP));
        readTo = now;
        if (news.isEmpty()) {
            return;
        }
        news.forEach(one -> heard.put(new Key(one.node(), one.row().subject()), one.row()));
        if (heard.size() > most) {
            long[] seconds = heard.values().stream().mapToLong(Row::second).sorted().toArray();
            long oldest = seconds[seconds.length - most];
            heard.values().removeIf(row -> row.second() < oldest);
        }
        book.others(heard.values());
    }

    private void show(Instant now) {
        scores.register(book.all().stream().filter(one -> one.getKey().kind() == Subject.Kind.POOL && one.getKey().provider() != null)
                .<MultiGauge.Row<?>>map(one -> row(one.getKey(), one.getValue())).toList(), true);
        out.register(ejections.now().stream().filter(one -> one.until().isAfter(now))
                .<MultiGauge.Row<?>>map(one -> MultiGauge.Row.of(Tags.of("pool", one.pool(), "provider", one.provider()), 1)).toList(), true);
    }

    private static MultiGauge.Row<?> row(Subject subject, Reputation reputation) {
        return MultiGauge.Row.of(Tags.of("pool", subject.name(), "provider", String.valueOf(subject.provider())), reputation.score());
    }
}
