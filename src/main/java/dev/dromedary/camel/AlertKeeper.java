package dev.dromedary.camel;

import dev.dromedary.alert.Alert;
import dev.dromedary.alert.AlertDesk;
import dev.dromedary.alert.AlertJudge;
import dev.dromedary.alert.AlertRule;
import dev.dromedary.alert.AlertState;
import dev.dromedary.alert.Condition;
import dev.dromedary.alert.Judged;
import dev.dromedary.alert.Reading;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Silence;
import dev.dromedary.alert.Telling;
import dev.dromedary.config.AlertSettings;
import dev.dromedary.forecast.TimeSeries;
import dev.dromedary.store.AlertReadings;
import dev.dromedary.store.AlertStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the rules once a minute, on one node at a time, and keeps what becomes of alerts. Nothing of it is lost with a node: all is in the database. */
public final class AlertKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(AlertKeeper.class);
    private static final Duration EVERY = Duration.ofSeconds(55);
    private static final int MOST = 10_000;

    private final AlertSettings settings;
    private final AlertStore store;
    private final AlertReadings readings;
    private final AlertSources sources;
    private final AlertStore.Notices notices;
    private final AlertDesk desk;
    private final OutageNotices outage;
    private final InstantSource clock;
    private final Map<Severity, Long> open = new ConcurrentHashMap<>();
    private final Map<String, Usual> usual = new HashMap<>();
    /** As they were when the database was last there. */
    private List<Silence> silences = List.of();
    private boolean away;

    private record Usual(Instant hour, Map<String, TimeSeries> series) {
    }

    AlertKeeper(AlertSettings settings, AlertStore store, AlertReadings readings, AlertSources sources, AlertStore.Notices notices, AlertDesk desk, OutageNotices outage, MeterRegistry registry,
            InstantSource clock) {
        this.settings = settings;
        this.store = store;
        this.readings = readings;
        this.sources = sources;
        this.notices = notices;
        this.desk = desk;
        this.outage = outage;
        this.clock = clock;
        for (Severity severity : Severity.values()) {
            Gauge.builder("dromedary.alerts.open", () -> open.getOrDefault(severity, 0L)).tag("severity", severity.id())
                    .description("Alerts that are open or acknowledged, as all nodes see them").register(registry);
        }
    }

    /** To be called every few seconds; looks when a minute has passed since any node did. */
    public synchronized void look() {
        // To the millisecond, as every time that is shown; a look stays after what it looks at.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        try {
            if (settings.enabled() && store.turn(now, EVERY)) {
                look(now);
            }
            count();
            silences = store.silences(now);
            away = false;
            outage.back();
        } catch (SQLException e) {
            if (!away) {
                LOG.warn("[ALERTS_BLIND] database: {}; rules are looked at again when it is back. Until then watch /observe/health/ready and Prometheus", e.getMessage());
            }
            away = true;
            if (settings.enabled()) {
                outage.away(silences);
            }
        }
    }

    private void look(Instant now) throws SQLException {
        List<Judged> all = new ArrayList<>(sources.look(now));
        Set<String> unjudged = new HashSet<>();
        for (AlertRule rule : settings.rules()) {
            List<Reading> found = readings.read(rule, now);
            if (found == null) {
                unjudged.add(rule.id());
            } else {
                Map<String, TimeSeries> before = before(rule, now);
                all.add(AlertJudge.judge(rule, found, subject -> before.getOrDefault(subject, new TimeSeries(List.of())), now));
            }
        }
        AlertDesk.Looked looked = store.look((known, silences) -> desk.look(known, all, unjudged, silences, now), notices, now);
        looked.tellings().forEach(AlertKeeper::log);
    }

    /** What is usual changes with the hour only. */
    private Map<String, TimeSeries> before(AlertRule rule, Instant now) throws SQLException {
        if (!(rule.condition() instanceof Condition.Unusual)) {
            return readings.before(rule, now);
        }
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        Usual known = usual.get(rule.id());
        if (known == null || !known.hour().equals(hour)) {
            known = new Usual(hour, readings.before(rule, now));
            usual.put(rule.id(), known);
        }
        return known.series();
    }

    private void count() throws SQLException {
        Map<Severity, Long> counted = new EnumMap<>(Severity.class);
        for (AlertState state : List.of(AlertState.OPEN, AlertState.ACKNOWLEDGED)) {
            store.list(state, MOST).forEach(one -> counted.merge(one.severity(), 1L, Long::sum));
        }
        for (Severity severity : Severity.values()) {
            open.put(severity, counted.getOrDefault(severity, 0L));
        }
    }

    private static void log(Telling telling) {
        Alert one = telling.alert();
        String subject = one.subject().isEmpty() ? "" : " of " + one.subject();
        switch (telling.kind()) {
            case OPENED -> LOG.warn("[ALERT_OPENED] {}: {} ({}){}: {}. See it: bin/dromedary alerts list", one.id(), one.rule(), one.severity().id(), subject, one.text());
            case ESCALATED -> LOG.warn("[ALERT_ESCALATED] {}: {}{} is critical now: {}", one.id(), one.rule(), subject, one.text());
            case REMINDED -> LOG.warn("[ALERT_REMINDED] {}: {} ({}){} is open since {}: {}", one.id(), one.rule(), one.severity().id(), subject, one.course().since(), one.text());
            case RESOLVED -> LOG.info("[ALERT_RESOLVED] {}: {}{}: {}", one.id(), one.rule(), subject, one.text());
            case TEST -> throw new IllegalArgumentException("no look comes to a test");
        }
    }
}
