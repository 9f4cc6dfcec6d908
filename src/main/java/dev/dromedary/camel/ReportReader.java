package dev.dromedary.camel;

import dev.dromedary.report.Capacity;
import dev.dromedary.report.Forecast;
import dev.dromedary.report.HealthReading;
import dev.dromedary.report.HealthScore;
import dev.dromedary.report.Report;
import dev.dromedary.report.ReportBuilder;
import dev.dromedary.report.Timeline;
import dev.dromedary.store.HistoryStore;
import dev.dromedary.store.ReportStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads health, capacity and reports out of the database. Safe for use by many threads. */
final class ReportReader {
    static final Duration LONGEST = Duration.ofDays(92);
    private static final Duration CAPACITY = Duration.ofDays(180);
    private static final Duration MINUTES_UP_TO = Duration.ofHours(24);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int HEALTH_STEPS = 10;

    private final HistoryStore history;
    private final ReportStore store;
    private final HealthReading health;
    private final ReportLimits limits;
    private final AlertsOfSpan alerts;

    /** What was alerted of in a span of time; null where nothing alerts, which is not the same as no alerts. */
    interface AlertsOfSpan {
        @Nullable List<Report.Alert> between(Instant from, Instant to) throws SQLException;
    }

    ReportReader(HistoryStore history, ReportStore store, HealthReading health, ReportLimits limits, AlertsOfSpan alerts) {
        this.history = history;
        this.store = store;
        this.health = health;
        this.limits = limits;
        this.alerts = alerts;
    }

    /** Of the minutes before; where they are forgotten, of the hours. */
    HealthScore health(Instant at, Instant now) throws SQLException {
        Duration step = at.isBefore(now.minus(HistoryStore.MINUTES_KEPT).plusSeconds(3600)) ? HistoryStore.HOUR : HistoryStore.MINUTE;
        Instant end = ceiling(at, step);
        return health.score(read(step, end.minus(step.multipliedBy(HEALTH_STEPS)), end), store.usualAt(at, HealthReading.USUAL));
    }

    List<Forecast> capacity(Instant now) throws SQLException {
        return Capacity.of(store.seen(now, CAPACITY), limits.now());
    }

    /** @param from before {@code to} by at most {@link #LONGEST}; both are widened to whole minutes or hours */
    Report report(Instant from, Instant to, Instant now) throws SQLException {
        boolean byMinute = Duration.between(from, to).compareTo(MINUTES_UP_TO) <= 0 && from.isAfter(now.minus(HistoryStore.MINUTES_KEPT).plusSeconds(3600));
        Duration step = byMinute ? HistoryStore.MINUTE : HistoryStore.HOUR;
        if (!byMinute) {
            history.keep(now);
        }
        Instant start = floor(from, step);
        Instant end = ceiling(to, step);
        Duration back = Duration.between(start, end).compareTo(DAY) > 0 ? DAY : Duration.between(start, end);
        Timeline whole = read(step, start.minus(back), end);
        Instant seen = to.isAfter(now) ? now : to;
        return ReportBuilder.build(new ReportBuilder.Material(whole.part(start, end), whole, health(seen, now), store.happenings(from, to), alerts.between(from, to),
                store.deeds(from, to), capacity(now)), now);
    }

    private Timeline read(Duration step, Instant from, Instant to) throws SQLException {
        return Timeline.of(history.read(step, from, to), step, from, to);
    }

    private static Instant floor(Instant at, Duration step) {
        return at.truncatedTo(step.equals(HistoryStore.HOUR) ? ChronoUnit.HOURS : ChronoUnit.MINUTES);
    }

    private static Instant ceiling(Instant at, Duration step) {
        Instant floor = floor(at, step);
        return floor.equals(at) ? at : floor.plus(step);
    }
}
