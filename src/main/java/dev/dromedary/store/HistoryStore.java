package dev.dromedary.store;

import dev.dromedary.history.Counts;
import dev.dromedary.history.Gauge;
import dev.dromedary.history.Sample;
import dev.dromedary.history.Series;
import dev.dromedary.history.SeriesSample;
import dev.dromedary.history.Spread;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;

/** The history in PostgreSQL: minutes for {@link #MINUTES_KEPT}, hours for {@link #HOURS_KEPT}. Safe for use by many threads and nodes. */
public final class HistoryStore {
    public static final Duration MINUTE = Duration.ofMinutes(1);
    public static final Duration HOUR = Duration.ofHours(1);
    public static final Duration MINUTES_KEPT = Duration.ofHours(48);
    public static final Duration HOURS_KEPT = Duration.ofDays(400);
    private static final int LOCK = 40_001;

    private static final String HOUR_OF = "date_bin(interval '1 hour', at, timestamptz 'epoch')";
    /** What was written late is rolled up with the rest. */
    private static final String SINCE = "step = 60 and at >= coalesce((select max(at) from metric_sample where step = 3600) - interval '2 hours', '-infinity')";
    private static final String SERIES = "node, way, provider, pool, stream";
    private static final String COLUMNS = "step, at, " + SERIES + ", accepted, delivered, deferred, bounced, expired, complaints, delivery_ms, delivery_bucket, delivery_n,"
            + " smtp_ms, smtp_bucket, smtp_n";

    private final DataSource source;

    public HistoryStore(DataSource source) {
        this.source = source;
    }

    /** Adds to what the node has of these minutes already. All or nothing. */
    public void write(List<Sample> samples) throws SQLException {
        Sql.transaction(source, connection -> {
            for (Sample one : samples) {
                Sql.update(connection, "insert into metric_sample (step, at, node, seconds) values (60, ?, ?, ?) on conflict (step, at, node)"
                        + " do update set seconds = metric_sample.seconds + excluded.seconds", one.at(), one.node(), one.seconds());
                writeSeries(connection, one);
                writeGauges(connection, one);
            }
            return samples.size();
        });
    }

    private static void writeSeries(Connection connection, Sample sample) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into metric (" + COLUMNS + ") values (60, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (step, at, " + SERIES + ") do update set accepted = metric.accepted + excluded.accepted, delivered = metric.delivered + excluded.delivered,"
                + " deferred = metric.deferred + excluded.deferred, bounced = metric.bounced + excluded.bounced, expired = metric.expired + excluded.expired,"
                + " complaints = metric.complaints + excluded.complaints, delivery_ms = metric.delivery_ms + excluded.delivery_ms,"
                + " delivery_bucket = metric.delivery_bucket || excluded.delivery_bucket, delivery_n = metric.delivery_n || excluded.delivery_n,"
                + " smtp_ms = metric.smtp_ms + excluded.smtp_ms, smtp_bucket = metric.smtp_bucket || excluded.smtp_bucket, smtp_n = metric.smtp_n || excluded.smtp_n")) {
            for (SeriesSample one : sample.series()) {
                Series series = one.series();
                Counts counts = one.counts();
                Object[] values = {OffsetDateTime.ofInstant(sample.at(), ZoneOffset.UTC), sample.node(), series.way(), series.provider(), series.pool(), series.stream(),
                    counts.accepted(), counts.delivered(), counts.deferred(), counts.bounced(), counts.expired(), counts.complaints(),
                    one.delivery().millis(), ints(connection, one.delivery()), longs(connection, one.delivery()), one.smtp().millis(), ints(connection, one.smtp()),
                    longs(connection, one.smtp())};
                for (int i = 0; i < values.length; i++) {
                    insert.setObject(i + 1, values[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Array ints(Connection connection, Spread spread) throws SQLException {
        return connection.createArrayOf("int4", spread.bounds());
    }

    private static Array longs(Connection connection, Spread spread) throws SQLException {
        return connection.createArrayOf("int8", spread.counts());
    }

    private static void writeGauges(Connection connection, Sample sample) throws SQLException {
        for (Gauge one : sample.gauges()) {
            Sql.update(connection, "insert into metric_gauge (step, at, node, name, label, low, high, total, samples) values (60, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " on conflict (step, at, node, name, label) do update set low = least(metric_gauge.low, excluded.low), high = greatest(metric_gauge.high, excluded.high),"
                    + " total = metric_gauge.total + excluded.total, samples = metric_gauge.samples + excluded.samples",
                    sample.at(), sample.node(), one.name(), one.label(), one.low(), one.high(), one.total(), one.samples());
        }
    }

    /** Makes hours of minutes, and forgets what is old. Of several nodes, one does it at a time; it may be done again. @return false where another is at it */
    public boolean keep(Instant now) throws SQLException {
        return Sql.transaction(source, connection -> {
            if (!Sql.list(connection, "select pg_try_advisory_xact_lock(?)", row -> row.getBoolean(1), LOCK).get(0)) {
                return false;
            }
            Sql.update(connection, "insert into metric (" + COLUMNS + ") select 3600, hour, " + SERIES + ", accepted, delivered, deferred, bounced, expired, complaints,"
                    + " delivery_ms, coalesce(d.bucket, '{}'), coalesce(d.n, '{}'), smtp_ms, coalesce(s.bucket, '{}'), coalesce(s.n, '{}') from (select " + HOUR_OF + " as hour, " + SERIES
                    + ", " + sums("accepted", "delivered", "deferred", "bounced", "expired", "complaints", "delivery_ms", "smtp_ms")
                    + " from metric where " + SINCE + " group by " + HOUR_OF + ", " + SERIES + ") h" + merged("delivery", "d") + merged("smtp", "s")
                    + " on conflict (step, at, " + SERIES + ") do update set accepted = excluded.accepted, delivered = excluded.delivered, deferred = excluded.deferred,"
                    + " bounced = excluded.bounced, expired = excluded.expired, complaints = excluded.complaints, delivery_ms = excluded.delivery_ms,"
                    + " delivery_bucket = excluded.delivery_bucket, delivery_n = excluded.delivery_n, smtp_ms = excluded.smtp_ms, smtp_bucket = excluded.smtp_bucket,"
                    + " smtp_n = excluded.smtp_n");
            Sql.update(connection, "insert into metric_gauge select 3600, " + HOUR_OF + ", node, name, label, min(low), max(high), sum(total), sum(samples) from metric_gauge where "
                    + SINCE + " group by " + HOUR_OF + ", node, name, label on conflict (step, at, node, name, label) do update set low = excluded.low, high = excluded.high,"
                    + " total = excluded.total, samples = excluded.samples");
            Sql.update(connection, "insert into metric_sample select 3600, " + HOUR_OF + ", node, sum(seconds) from metric_sample where " + SINCE + " group by " + HOUR_OF
                    + ", node on conflict (step, at, node) do update set seconds = excluded.seconds");
            for (String table : List.of("metric", "metric_gauge", "metric_sample")) {
                Sql.update(connection, "delete from " + table + " where step = 60 and at < ? or step = 3600 and at < ?", now.minus(MINUTES_KEPT), now.minus(HOURS_KEPT));
            }
            return true;
        });
    }

    private static String sums(String... columns) {
        return String.join(", ", java.util.Arrays.stream(columns).map(one -> "sum(" + one + ")::bigint as " + one).toList());
    }

    /** Buckets of one kind of time, of all minutes of the hour. */
    private static String merged(String kind, String alias) {
        return " left join lateral (select array_agg(bucket order by bucket) as bucket, array_agg(n order by bucket) as n from (select b.bucket, sum(b.n)::bigint as n"
                + " from metric m, unnest(m." + kind + "_bucket, m." + kind + "_n) as b(bucket, n) where m.step = 60 and m.at >= h.hour and m.at < h.hour + interval '1 hour'"
                + " and (m.node, m.way, m.provider, m.pool, m.stream) = (h.node, h.way, h.provider, h.pool, h.stream) group by b.bucket) x) " + alias + " on true";
    }

    /** Of the whole database on disk. */
    public double databaseBytes() throws SQLException {
        return Sql.list(source, "select pg_database_size(current_database())", row -> row.getDouble(1)).get(0);
    }

    /** @param step {@link #MINUTE} or {@link #HOUR}. @return of each node by itself, in the order of time */
    public List<Sample> read(Duration step, Instant from, Instant to) throws SQLException {
        int seconds = (int) step.toSeconds();
        return Sql.transaction(source, connection -> {
            record Key(Instant at, String node) {
            }
            Map<Key, List<SeriesSample>> series = new LinkedHashMap<>();
            for (var row : Sql.list(connection, "select * from metric where step = ? and at >= ? and at < ?",
                    row -> Map.entry(new Key(at(row), row.getString("node")), series(row)), seconds, from, to)) {
                series.computeIfAbsent(row.getKey(), key -> new ArrayList<>()).add(row.getValue());
            }
            Map<Key, List<Gauge>> gauges = new LinkedHashMap<>();
            for (var row : Sql.list(connection, "select * from metric_gauge where step = ? and at >= ? and at < ?",
                    row -> Map.entry(new Key(at(row), row.getString("node")), gauge(row)), seconds, from, to)) {
                gauges.computeIfAbsent(row.getKey(), key -> new ArrayList<>()).add(row.getValue());
            }
            return Sql.list(connection, "select * from metric_sample where step = ? and at >= ? and at < ? order by at, node", row -> {
                var key = new Key(at(row), row.getString("node"));
                return new Sample(key.at(), key.node(), row.getDouble("seconds"), series.getOrDefault(key, List.of()), gauges.getOrDefault(key, List.of()));
            }, seconds, from, to);
        });
    }

    private static Instant at(ResultSet row) throws SQLException {
        return Objects.requireNonNull(Sql.instant(row, "at"));
    }

    private static Gauge gauge(ResultSet row) throws SQLException {
        return new Gauge(row.getString("name"), row.getString("label"), row.getDouble("low"), row.getDouble("high"), row.getDouble("total"), row.getLong("samples"));
    }

    private static SeriesSample series(ResultSet row) throws SQLException {
        return new SeriesSample(new Series(row.getString("way"), row.getString("provider"), row.getString("pool"), row.getString("stream")),
                new Counts(row.getLong("accepted"), row.getLong("delivered"), row.getLong("deferred"), row.getLong("bounced"), row.getLong("expired"), row.getLong("complaints")),
                spread(row, "delivery"), spread(row, "smtp"));
    }

    private static Spread spread(ResultSet row, String kind) throws SQLException {
        return Spread.of((Integer[]) row.getArray(kind + "_bucket").getArray(), (Long[]) row.getArray(kind + "_n").getArray(), row.getLong(kind + "_ms"));
    }
}
