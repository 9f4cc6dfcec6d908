package dev.dromedary.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What operators did: to what, and why. Safe for use by many threads. */
public final class AuditLog {
    private static final String INSERT = "insert into audit (at, made_by, action, subject, reason, messages) values (?, ?, ?, ?, ?, ?)";
    private final DataSource source;

    /**
     * @param by       the name of the API key
     * @param action   such as {@code deferred.bounce}
     * @param messages that it touched, or entries of the suppression list; null where it touches none or has not come to its end
     */
    public record Entry(Instant at, String by, String action, String subject, String reason, @Nullable Long messages) {
        public Entry touching(long many) {
            return new Entry(at, by, action, subject, reason, many);
        }
    }

    public AuditLog(DataSource source) {
        this.source = source;
    }

    /** Within the caller's transaction, so that nothing is done without its entry. */
    public static void write(Connection connection, Entry entry) throws SQLException {
        Sql.update(connection, INSERT, entry.at(), entry.by(), entry.action(), entry.subject(), entry.reason(), entry.messages());
    }

    /** For what takes many transactions: written before the first. @return for {@link #ended} */
    public long begun(Entry entry) throws SQLException {
        return Sql.transaction(source, connection -> begun(connection, entry));
    }

    /** The same within the first of these transactions. */
    public static long begun(Connection connection, Entry entry) throws SQLException {
        return Sql.list(connection, INSERT + " returning id", row -> row.getLong(1), entry.at(), entry.by(), entry.action(), entry.subject(), entry.reason(), null).get(0);
    }

    public void ended(long id, long messages) throws SQLException {
        Sql.update(source, "update audit set messages = ? where id = ?", messages, id);
    }

    /** Forgets what was done before this time. @return how many */
    public int purge(Instant before) throws SQLException {
        return Sql.update(source, "delete from audit where at < ?", before);
    }

    /** The latest first. */
    public List<Entry> list(int limit, int offset) throws SQLException {
        return Sql.list(source, "select * from audit order by id desc limit ? offset ?", row -> {
            long messages = row.getLong("messages");
            boolean none = row.wasNull();
            return new Entry(Objects.requireNonNull(Sql.instant(row, "at")), row.getString("made_by"), row.getString("action"), row.getString("subject"),
                    row.getString("reason"), none ? null : messages);
        }, limit, offset);
    }
}
