package dev.dromedary.store;

import dev.dromedary.alert.AlertMetric;
import dev.dromedary.alert.AlertRule;
import dev.dromedary.alert.By;
import dev.dromedary.alert.Condition;
import dev.dromedary.alert.Measured;
import dev.dromedary.alert.Reading;
import dev.dromedary.alert.Stood;
import dev.dromedary.forecast.TimeSeries;
import dev.dromedary.history.Counts;
import dev.dromedary.history.Spread;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads off the history what alert rules are about: of all nodes, and without the alerts' own mail, so that no alert can cause another. Safe for use by many threads.
 */
public final class AlertReadings {
    /** Windows of this length and more are made of hours: minutes would be many rows to read every minute. */
    static final Duration OF_HOURS = Duration.ofHours(2);
    /** What is usual is of this long. */
    static final Duration USUAL = Duration.ofDays(28);
    private static final Duration TREND = Duration.ofHours(6);
    private static final Duration SEEN = Duration.ofHours(24);
    private static final int WHOLE_HOUR = 3_000;
    /** Of mail that Dromedary itself sends about alerts. */
    private static final String OWN_WAY = "alert";
    private static final String SUMS = "sum(accepted)::bigint as accepted, sum(delivered)::bigint as delivered, sum(deferred)::bigint as deferred, sum(bounced)::bigint as bounced,"
            + " sum(expired)::bigint as expired, sum(complaints)::bigint as complaints, sum(smtp_ms)::bigint as smtp_ms";
    private static final String OF_OTHERS = " from metric where step = ? and at >= ? and at < ? and way <> '" + OWN_WAY + "' and stream <> ?";

    private final DataSource source;
    private final String ownStream;

    /** @param ownStream of the mail about alerts */
    public AlertReadings(DataSource source, String ownStream) {
        this.source = source;
        this.ownStream = ownStream;
    }

    private record Span(int step, Instant from, Instant to) {
        static Span before(Instant now, Duration window) {
            if (window.compareTo(OF_HOURS) >= 0) {
                return new Span(3_600, now.minus(window).truncatedTo(ChronoUnit.HOURS), now);
            }
            Instant to = now.truncatedTo(ChronoUnit.MINUTES);
            return new Span(60, to.minus(window), to);
        }
    }

    /** @return null where no node took a sample in the rule's window: then nothing is known */
    public @Nullable List<Reading> read(AlertRule rule, Instant now) throws SQLException {
        Span span = Span.before(now, rule.window());
        double seconds = Sql.list(source, "select coalesce(sum(s), 0) from (select max(seconds) as s from metric_sample where step = ? and at >= ? and at < ? group by at) x",
                row -> row.getDouble(1), span.step(), span.from(), span.to()).get(0);
        if (seconds <= 0) {
            return null;
        }
        String gauge = rule.metric().gauge();
        if (gauge != null) {
            return rule.metric().of(stood(gauge, span), rule.by());
        }
        Map<String, Measured> found = measured(rule, span, seconds);
        if (rule.by() == By.ALL || rule.metric().zeroWhereNothingPassed() && !rule.condition().above()) {
            subjects(rule.by(), now).forEach(subject -> found.putIfAbsent(subject, new Measured(subject, Counts.ZERO, seconds, 0, new Spread())));
        }
        return found.values().stream().map(rule.metric()::of).toList();
    }

    private Map<String, Measured> measured(AlertRule rule, Span span, double seconds) throws SQLException {
        Map<String, Spread> spreads = rule.metric() == AlertMetric.TIME_TO_DELIVERY ? spreads(rule.by(), span) : Map.of();
        Map<String, Measured> out = new TreeMap<>();
        Sql.list(source, "select " + subject(rule.by()) + " as subject, " + SUMS + OF_OTHERS + present(rule.by()) + " group by 1",
                row -> out.put(row.getString("subject"), measured(row, seconds, spreads.getOrDefault(row.getString("subject"), new Spread()))),
                span.step(), span.from(), span.to(), ownStream);
        return out;
    }

    private Map<String, Spread> spreads(By by, Span span) throws SQLException {
        return Sql.list(source, "select subject, array_agg(bucket) as bucket, array_agg(n) as n from (select " + subject(by) + " as subject, b.bucket, sum(b.n)::bigint as n"
                + " from metric, unnest(delivery_bucket, delivery_n) as b(bucket, n) where step = ? and at >= ? and at < ? and stream <> ?" + present(by)
                + " group by 1, 2) x group by 1", row -> Map.entry(row.getString("subject"), spread(row)), span.step(), span.from(), span.to(), ownStream)
                .stream().collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Spread spread(ResultSet row) throws SQLException {
        return Spread.of((Integer[]) row.getArray("bucket").getArray(), (Long[]) row.getArray("n").getArray(), 0);
    }

    private static Measured measured(ResultSet row, double seconds, Spread delivery) throws SQLException {
        return new Measured(row.getString("subject"), new Counts(row.getLong("accepted"), row.getLong("delivered"), row.getLong("deferred"), row.getLong("bounced"),
                row.getLong("expired"), row.getLong("complaints")), seconds, row.getLong("smtp_ms"), delivery);
    }

    /** What there was of lately. */
    private List<String> subjects(By by, Instant now) throws SQLException {
        return by == By.ALL ? List.of("") : Sql.list(source, "select distinct " + subject(by) + " as subject" + OF_OTHERS + present(by), row -> row.getString("subject"),
                3_600, now.minus(SEEN), now, ownStream);
    }

    private List<Stood> stood(String gauge, Span span) throws SQLException {
        return Sql.list(source, "select node, label, sum(total) / sum(samples) as mean, max(high) as high from metric_gauge where step = ? and at >= ? and at < ? and name = ?"
                + " group by node, label having sum(samples) > 0", AlertReadings::stood, span.step(), span.from(), span.to(), gauge);
    }

    private static Stood stood(ResultSet row) throws SQLException {
        return new Stood(row.getString("node"), row.getString("label"), row.getDouble("mean"), row.getDouble("high"));
    }

    /** The past that the rule compares with, by subject; none for rules that do not. */
    public Map<String, TimeSeries> before(AlertRule rule, Instant now) throws SQLException {
        if (rule.condition() instanceof Condition.Unusual) {
            return sameHours(rule, now);
        }
        return rule.condition() instanceof Condition.Ahead ? lately(rule, now) : Map.of();
    }

    /** This hour of each day before. Hours that were not sampled whole are left out. */
    private Map<String, TimeSeries> sameHours(AlertRule rule, Instant now) throws SQLException {
        int hour = now.atZone(ZoneOffset.UTC).getHour();
        Instant to = now.truncatedTo(ChronoUnit.HOURS);
        Instant from = to.minus(USUAL);
        List<Instant> whole = Sql.list(source, "select at from metric_sample where step = 3600 and at >= ? and at < ? and extract(hour from at at time zone 'UTC') = ?"
                + " group by at having max(seconds) >= ? order by at", row -> at(row), from, to, hour, WHOLE_HOUR);
        Map<String, List<TimeSeries.Point>> points = new HashMap<>();
        for (Instant at : whole) {
            Map<String, Measured> found = measured(rule, new Span(3_600, at, at.plusSeconds(1)), 3_600);
            if (rule.by() == By.ALL) {
                found.putIfAbsent("", new Measured("", Counts.ZERO, 3_600, 0, new Spread()));
            }
            found.values().stream().map(rule.metric()::of).filter(one -> !Double.isNaN(one.value()) && (one.messages() == Reading.COUNTLESS || one.messages() >= rule.least()))
                    .forEach(one -> points.computeIfAbsent(one.subject(), key -> new ArrayList<>()).add(new TimeSeries.Point(at, one.value())));
        }
        return series(points);
    }

    private Map<String, TimeSeries> lately(AlertRule rule, Instant now) throws SQLException {
        Map<Instant, List<Stood>> steps = new TreeMap<>();
        Sql.list(source, "select date_bin(interval '5 minutes', at, timestamptz 'epoch') as at, node, label, sum(total) / sum(samples) as mean, max(high) as high from metric_gauge"
                + " where step = 60 and at >= ? and at < ? and name = ? group by 1, 2, 3 having sum(samples) > 0",
                row -> steps.computeIfAbsent(at(row), key -> new ArrayList<>()).add(stood(row)), now.minus(TREND), now, Objects.requireNonNull(rule.metric().gauge()));
        Map<String, List<TimeSeries.Point>> points = new HashMap<>();
        steps.forEach((at, stood) -> rule.metric().of(stood, rule.by())
                .forEach(one -> points.computeIfAbsent(one.subject(), key -> new ArrayList<>()).add(new TimeSeries.Point(at, one.value()))));
        return series(points);
    }

    private static Map<String, TimeSeries> series(Map<String, List<TimeSeries.Point>> points) {
        Map<String, TimeSeries> out = new HashMap<>();
        points.forEach((subject, all) -> out.put(subject, new TimeSeries(all)));
        return out;
    }

    /**
     * A node of the last two hours.
     *
     * @param stopped whether it was stopped in good order
     */
    public record Node(String name, Instant last, boolean stopped) {
    }

    public List<Node> nodes(Instant now) throws SQLException {
        return Sql.list(source, "select node, max(at) as at, exists (select from metric_gauge g where g.step = 60 and g.at = max(s.at) and g.node = s.node and g.name = 'node'"
                + " and g.label = 'stopped') as stopped from metric_sample s where step = 60 and at >= ? group by node",
                row -> new Node(row.getString("node"), at(row), row.getBoolean("stopped")), now.minus(OF_HOURS));
    }

    private static Instant at(ResultSet row) throws SQLException {
        return Objects.requireNonNull(Sql.instant(row, "at"));
    }

    private static String subject(By by) {
        return switch (by) {
            case ALL, QUEUE, NODE -> "''";
            case PROVIDER -> "provider";
            case POOL -> "pool";
            case POOL_PROVIDER -> "pool || '/' || provider";
            case STREAM -> "stream";
            case WAY -> "way";
        };
    }

    private static String present(By by) {
        return switch (by) {
            case ALL, QUEUE, NODE -> "";
            case PROVIDER -> " and provider <> ''";
            case POOL -> " and pool <> ''";
            case POOL_PROVIDER -> " and provider <> '' and pool <> ''";
            case STREAM -> " and stream <> ''";
            case WAY -> " and way <> ''";
        };
    }
}
