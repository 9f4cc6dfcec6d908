package dev.dromedary.camel;

import dev.dromedary.store.WarningStore;
import dev.dromedary.warning.Warning;
import dev.dromedary.warning.WarningBook;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the warnings and the database together, so that they outlive a restart and hold on every node; logs each, and counts them. */
public final class WarningSync {
    private static final Logger LOG = LoggerFactory.getLogger(WarningSync.class);

    private final WarningBook book;
    private final WarningStore store;
    private final InstantSource clock;
    private final MultiGauge active;
    private Map<String, Warning> logged = new HashMap<>();
    private boolean away;

    WarningSync(WarningBook book, WarningStore store, InstantSource clock, MeterRegistry registry) {
        this.book = book;
        this.store = store;
        this.clock = clock;
        this.active = MultiGauge.builder("dromedary.warnings.active").description("Warnings under way: declines seen before a provider blocks").register(registry);
    }

    /** Writes what is new and reads what all nodes know. Where the database is away, the book goes on by itself. */
    public synchronized void sync() {
        List<Warning> changed = book.takeChanged();
        Instant now = clock.instant();
        try {
            store.write(changed, now);
            book.replace(store.open(now), now);
            away = false;
        } catch (SQLException e) {
            book.giveBack(changed);
            if (!away) {
                LOG.warn("[WARNINGS_UNSHARED] database: {}; warnings go on in this node, and are written when it is back", e.getMessage());
            }
            away = true;
        }
        List<Warning> open = book.open();
        log(open, now);
        Map<Tags, Long> counted = open.stream().collect(Collectors.groupingBy(one -> Tags.of("kind", one.kind().id()), Collectors.counting()));
        active.register(counted.entrySet().stream().<MultiGauge.Row<?>>map(one -> MultiGauge.Row.of(one.getKey(), one.getValue())).toList(), true);
    }

    private void log(List<Warning> open, Instant now) {
        Map<String, Warning> current = new HashMap<>();
        for (Warning one : open) {
            current.put(one.id(), one);
            Warning before = logged.get(one.id());
            double share = one.share(book.steps(), now);
            if (before == null) {
                LOG.warn("[WARNING_RAISED] {}: {} towards {}: {}; {}. See and end it: bin/dromedary warnings", one.id(), subject(one), one.provider(), one.cause(), left(share));
            } else if (before.level() != one.level()) {
                LOG.warn("[WARNING_STEP] {}: {} towards {}: {}; {}", one.id(), subject(one), one.provider(), one.cause(), left(share));
            }
        }
        logged.forEach((id, one) -> {
            if (!current.containsKey(id)) {
                LOG.info("[WARNING_ENDED] {}: {} towards {} has its usual volume again, as far as this goes", id, subject(one), one.provider());
            }
        });
        logged = current;
    }

    private static String subject(Warning one) {
        return one.pool().isEmpty() ? "mail" : "pool " + one.pool();
    }

    private static String left(double share) {
        return share < 1 ? Math.round(100 * share) + " % of its usual volume are left to it" : "no volume is taken away";
    }
}
