package dev.dromedary.store;

import dev.dromedary.forecast.TimeSeries;
import dev.dromedary.report.Busiest;
import dev.dromedary.report.Capacity;
import dev.dromedary.report.Happening;
import dev.dromedary.report.Pair;
import dev.dromedary.report.Report;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;

/** What reports and forecasts read beside the plain history. Safe for use by many threads. */
public final class ReportStore {
    /** A day counts as whole from so many sampled hours on. */
    private static final int HOURS_OF_A_DAY = 20;
    private static final int MOST_DEEDS = 200;
    private static final int MOST_HAPPENINGS = 1_000;
    private static final String DAY = "date_bin(interval '1 day', at, timestamptz 'epoch')";

    private final DataSource source;

    public ReportStore(DataSource source) {
        this.source = source;
    }

    /** Delivered a second at this hour of each day before. */
    public TimeSeries usualAt(Instant now, Duration back) throws SQLException {
        return new TimeSeries(Sql.list(source, "select s.at, coalesce((select sum(delivered) from metric m where m.step = 3600 and m.at = s.at), 0) / 3600.0 as rate"
                + " from (select distinct at from metric_sample where step = 3600 and at >= ? and at < ? and extract(hour from at at time zone 'UTC') = ?) s",
                row -> new TimeSeries.Point(Objects.requireNonNull(Sql.instant(row, "at")), row.getDouble("rate")),
                now.minus(back), now.truncatedTo(ChronoUnit.HOURS), now.atZone(ZoneOffset.UTC).getHour()));
    }

    /** Of whole days before that of {@code now}. */
    public Capacity.Seen seen(Instant now, Duration back) throws SQLException {
        Instant to = now.truncatedTo(ChronoUnit.DAYS);
        Instant from = to.minus(back);
        var days = new TreeSet<>(Sql.list(source, "select " + DAY + " as day from metric_sample where step = 3600 and at >= ? and at < ? group by 1 having count(distinct at) >= ?",
                row -> Objects.requireNonNull(Sql.instant(row, "day")), from, to, HOURS_OF_A_DAY));
        List<Busiest> busiest = Sql.list(source, "select " + DAY + " as day, coalesce(provider, '') as provider, coalesce(pool, '') as pool, max(n) / 3600 as per_second,"
                + " max(ms) / 3600000 as conversations from (select at, provider, pool, sum(delivered + deferred + bounced + expired)::float8 as n, sum(smtp_ms)::float8 as ms from metric"
                + " where step = 3600 and at >= ? and at < ? and way = '' group by grouping sets ((at, provider, pool), (at, provider), (at, pool))) h group by 1, 2, 3",
                row -> new Busiest(Objects.requireNonNull(Sql.instant(row, "day")), new Pair(row.getString("provider"), row.getString("pool")), row.getDouble("per_second"),
                        row.getDouble("conversations")), from, to);
        return new Capacity.Seen(days, busiest, highest("disk", "used_percent", from, to), highest("database", "size_bytes", from, to));
    }

    private SortedMap<Instant, Double> highest(String name, String label, Instant from, Instant to) throws SQLException {
        var out = new TreeMap<Instant, Double>();
        Sql.list(source, "select " + DAY + " as day, max(high) as high from metric_gauge where step = 3600 and name = ? and label = ? and at >= ? and at < ? group by 1",
                row -> out.put(Objects.requireNonNull(Sql.instant(row, "day")), row.getDouble("high")), name, label, from, to);
        return out;
    }

    /** The latest value of a gauge, the worst of several nodes'. @return NaN where there is none of the last two days */
    public double latest(String name, String label, boolean lowest) throws SQLException {
        String value = lowest ? "min(low)" : "max(high)";
        return Sql.list(source, "select " + value + " as value from metric_gauge where step = 60 and name = ? and label = ? group by at order by at desc limit 1",
                row -> row.getDouble("value"), name, label).stream().findFirst().orElse(Double.NaN);
    }

    /** Warnings, reactions and holds that were in force at some time of the span, the earliest first; of very many, the latest. */
    public List<Happening> happenings(Instant from, Instant to) throws SQLException {
        var out = new ArrayList<Happening>();
        out.addAll(Sql.list(source, "select * from warning where since < ? and coalesce(ended_at, ends_at) > ? order by since desc limit ?", row -> new Happening("warning",
                row.getBoolean("critical") ? "critical" : "warning", at(row, "since"), ended(row, "ended_at", "ends_at"), pair(row), row.getString("cause"),
                row.getInt("level") > 0 ? "volume cut by " + row.getInt("level") + (row.getInt("level") == 1 ? " step" : " steps") : "", row.getString("end_reason")), to, from, MOST_HAPPENINGS));
        out.addAll(Sql.list(source, "select * from reaction where started_at < ? and coalesce(lifted_at, ends_at) > ? order by started_at desc limit ?", row -> new Happening("reaction",
                "warning", at(row, "started_at"), ended(row, "lifted_at", "ends_at"), pair(row), row.getString("cause"), row.getString("action") + " (rule " + row.getString("rule") + ")",
                row.getString("lift_reason")), to, from, MOST_HAPPENINGS));
        out.addAll(Sql.list(source, "select * from hold where kind in ('pool', 'provider') and since < ? and coalesce(ended, expires) > ? order by since desc limit ?",
                row -> new Happening("hold", "warning", at(row, "since"), ended(row, "ended", "expires"),
                        row.getString("kind").equals("pool") ? new Pair("", row.getString("value")) : new Pair(row.getString("value"), ""), row.getString("reason"),
                        row.getString("mode") + " by " + row.getString("made_by"), null), to, from, MOST_HAPPENINGS));
        out.sort(Comparator.comparing(Happening::at));
        return out;
    }

    /** What operators did, the earliest first; of very many, the latest. */
    public List<Report.Deed> deeds(Instant from, Instant to) throws SQLException {
        return Sql.list(source, "select * from (select * from audit where at >= ? and at < ? order by id desc limit ?) a order by id", row -> {
            long messages = row.getLong("messages");
            boolean none = row.wasNull();
            return new Report.Deed(at(row, "at"), row.getString("made_by"), row.getString("action"), row.getString("subject"), row.getString("reason"), none ? null : messages);
        }, from, to, MOST_DEEDS);
    }

    private static Pair pair(ResultSet row) throws SQLException {
        return new Pair(row.getString("provider"), row.getString("pool"));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(Sql.instant(row, column));
    }

    private static Instant ended(ResultSet row, String early, String usual) throws SQLException {
        Instant ended = Sql.instant(row, early);
        return ended != null ? ended : at(row, usual);
    }
}
