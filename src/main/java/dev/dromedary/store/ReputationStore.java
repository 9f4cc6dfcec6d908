package dev.dromedary.store;

import dev.dromedary.config.ReputationSettings;
import dev.dromedary.reputation.ReputationBook.Row;
import dev.dromedary.reputation.Subject;
import dev.dromedary.reputation.Subject.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Evidence about reputations in PostgreSQL: each node's own, so that no two write the same row. Safe for use by many threads and nodes. */
public final class ReputationStore {
    /** After so many of the longest half-life, little more than a ten-thousandth is left. */
    private static final int HALF_LIVES = 13;
    /** In the order of the counts of a row. */
    private static final String[] COUNTS = {"deferred", "blocked", "bounced", "complained", "deferred_of", "blocked_of", "bounced_of", "complained_of", "accepted"};

    private final DataSource source;
    private final String node;
    private final Duration kept;
    private final int most;
    private final BulkInsert<Row> insert;

    public ReputationStore(DataSource source, String node, ReputationSettings settings) {
        this.source = source;
        this.node = node;
        this.kept = Stream.of(settings.deferral(), settings.block(), settings.hardBounce(), settings.complaint()).map(ReputationSettings.Part::halfLife)
                .max(Duration::compareTo).orElseThrow().multipliedBy(HALF_LIVES);
        this.most = settings.subjects();
        var columns = BulkInsert.<Row>into("reputation").text("node", row -> node).text("kind", row -> row.subject().kind().id())
                .text("name", row -> row.subject().name()).text("provider", row -> row.subject().provider()).time("at", row -> Instant.ofEpochSecond(row.second()));
        var update = new StringBuilder("on conflict (node, kind, name, provider) do update set at = excluded.at");
        for (int i = 0; i < COUNTS.length; i++) {
            int index = i;
            columns.number(COUNTS[i], row -> row.counts()[index]);
            update.append(", ").append(COUNTS[i]).append(" = excluded.").append(COUNTS[i]);
        }
        this.insert = columns.build(update.toString());
    }

    /** Another node's. */
    public record Heard(String node, Row row) {
    }

    /** Writes this node's, in place of what it wrote before, and lets go of what has faded, of all nodes. */
    public void write(List<Row> rows, Instant now) throws SQLException {
        // A NUL cannot be stored, and what would stand in its place may be another's name.
        List<Row> storable = rows.stream().filter(row -> row.subject().name().indexOf('\0') < 0).toList();
        Sql.transaction(source, connection -> {
            insert.write(connection, storable);
            return Sql.update(connection, "delete from reputation where at < ?", now.minus(kept));
        });
    }

    /** What this node wrote, as many as the book keeps. */
    public List<Row> own() throws SQLException {
        return Sql.list(source, "select * from reputation where node = ? order by at desc limit ?", ReputationStore::row, node, most).stream().flatMap(List::stream).toList();
    }

    /** What the other nodes wrote, whether they still run or not, as evidence fades by itself. @param since rows of earlier moments are left out */
    public List<Heard> others(Instant since) throws SQLException {
        return Sql.list(source, "select * from reputation where node <> ? and at >= ? order by at desc limit ?",
                ReputationStore::heard, node, since, most).stream().flatMap(List::stream).toList();
    }

    private static List<Heard> heard(ResultSet row) throws SQLException {
        String from = row.getString("node");
        return row(row).stream().map(one -> new Heard(from, one)).toList();
    }

    /** Empty where a later version wrote of a kind that this one does not know. */
    private static List<Row> row(ResultSet row) throws SQLException {
        Kind kind = Kind.ofId(row.getString("kind"));
        if (kind == null) {
            return List.of();
        }
        var counts = new double[COUNTS.length];
        for (int i = 0; i < COUNTS.length; i++) {
            counts[i] = row.getDouble(COUNTS[i]);
        }
        return List.of(new Row(new Subject(kind, row.getString("name"), row.getString("provider")), Objects.requireNonNull(Sql.instant(row, "at")).getEpochSecond(), counts));
    }
}
