package dev.dromedary.retry;

import dev.dromedary.store.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What waits, by provider and by age since acceptance, as Postfix' qshape shows it, and why. Each look reads the table of what waits once, bodies left out. */
public final class WaitingMatrix {
    /** Where one column ends and the next begins; the last has no end. */
    private static final List<Duration> EDGES = List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24));
    public static final List<String> AGES = List.of("0-5m", "5m-1h", "1-6h", "6-24h", ">24h");
    private static final int REASONS = 3;
    private static final int LONGEST_REASON = 200;
    private final DataSource source;

    /** @param forExample one reason of those that have kind, category and code in common */
    public record Reason(String kind, @Nullable String category, int code, long messages, String forExample) {
    }

    /** @param byAge as many as {@link #AGES} @param reasons the most frequent first */
    public record Row(List<Long> byAge, List<Reason> reasons) {
        public long messages() {
            return byAge.stream().mapToLong(Long::longValue).sum();
        }
    }

    public WaitingMatrix(DataSource source) {
        this.source = source;
    }

    /** By provider, those without waiting mail left out. */
    public Map<String, Row> at(Instant now) throws SQLException {
        Map<String, List<Reason>> reasons = reasons();
        String columns = IntStream.range(0, AGES.size()).mapToObj(i -> "count(*) filter (where " + condition(i) + ") as age" + i).collect(Collectors.joining(", "));
        var times = new ArrayList<Object>();
        for (int i = 0; i < AGES.size(); i++) {
            if (i < EDGES.size()) {
                times.add(now.minus(EDGES.get(i)));
            }
            if (i > 0) {
                times.add(now.minus(EDGES.get(i - 1)));
            }
        }
        var rows = new LinkedHashMap<String, Row>();
        Sql.list(source, "select provider, " + columns + " from deferred group by provider order by provider", row -> {
            var counts = new ArrayList<Long>();
            for (int i = 0; i < AGES.size(); i++) {
                counts.add(row.getLong("age" + i));
            }
            String provider = row.getString("provider");
            return rows.put(provider, new Row(List.copyOf(counts), reasons.getOrDefault(provider, List.of())));
        }, times.toArray());
        return rows;
    }

    private static String condition(int column) {
        return column == 0 ? "accepted_at > ?" : column == EDGES.size() ? "accepted_at <= ?" : "accepted_at > ? and accepted_at <= ?";
    }

    private Map<String, List<Reason>> reasons() throws SQLException {
        var reasons = new LinkedHashMap<String, List<Reason>>();
        Sql.list(source, "select * from (select provider, kind, category, code, count(*) as messages, left(min(reason), " + LONGEST_REASON + ") as reason,"
                + " row_number() over (partition by provider order by count(*) desc, kind, category, code) as place from deferred group by provider, kind, category, code) ranked"
                + " where place <= " + REASONS + " order by provider, place", row -> reasons.computeIfAbsent(row.getString("provider"), provider -> new ArrayList<>())
                        .add(new Reason(row.getString("kind"), row.getString("category"), row.getInt("code"), row.getLong("messages"), row.getString("reason"))));
        return reasons;
    }
}
