package dev.dromedary.event;

import dev.dromedary.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/** Reads what happened to a message, or to all messages of a submission. */
public final class EventHistory {
    private static final Comparator<DeliveryEvent> ORDER = Comparator.comparing(DeliveryEvent::at).thenComparingInt(DeliveryEvent::attempt)
            .thenComparing(DeliveryEvent::kind).thenComparing(DeliveryEvent::messageId);
    // '/' follows '.' in ASCII, so the range is every id that starts with "<id>."; the submission tells children from look-alikes.
    private static final String OF_MESSAGE = """
            select * from event where message_id = ?
            union all
            select * from event where message_id >= ? || '.' and message_id < ? || '/' and submission_id = ?
            """;
    private final DataSource source;

    public EventHistory(DataSource source) {
        this.source = source;
    }

    /**
     * @param messageId of one message, or of a submission: then the events of all its messages {@code <id>.<n>}
     * @return by time, attempt and kind; empty where nothing is known
     */
    public List<DeliveryEvent> of(String messageId) throws SQLException {
        if (messageId.indexOf('\0') >= 0) {
            return List.of();
        }
        return Sql.list(source, OF_MESSAGE, EventHistory::event, messageId, messageId, messageId, messageId).stream().sorted(ORDER).toList();
    }

    static DeliveryEvent event(ResultSet row) throws SQLException {
        return new DeliveryEvent(row.getString("message_id"), row.getString("submission_id"), EventKind.ofId(row.getString("kind")), row.getInt("attempt"),
                Objects.requireNonNull(Sql.instant(row, "at")), row.getString("way"), row.getString("sender"), row.getString("recipient"),
                row.getString("provider"), row.getString("pool"), row.getString("stream"), row.getString("campaign"), Sql.texts(row, "tags"),
                row.getInt("code"), row.getString("enhanced"), row.getString("category"), row.getString("detail"), Sql.integer(row, "size"),
                Sql.integer(row, "latency"), Sql.instant(row, "next"), row.getString("node"), null, null);
    }
}
