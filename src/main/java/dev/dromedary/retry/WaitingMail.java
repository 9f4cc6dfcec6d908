package dev.dromedary.retry;

import dev.dromedary.store.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** What is done with waiting messages in bulk, batch by batch and in the order of their ids, so that feeders and two of these at a time never deadlock. */
public final class WaitingMail {
    static final int BATCH = 2_000;
    /** The few values among many rows, by one look into the index each. */
    private static final String KEYS = "with recursive key (held_by) as ((select held_by from deferred where held_by is not null order by held_by limit 1)"
            + " union all select (select d.held_by from deferred d where d.held_by > key.held_by order by d.held_by limit 1) from key where key.held_by is not null)"
            + " select held_by from key where held_by is not null";
    private final DataSource source;

    public WaitingMail(DataSource source) {
        this.source = source;
    }

    /**
     * Makes due what waits for holds that have ended. Harmless to repeat, on many nodes at a time.
     *
     * @param stands whether the holds of a key are still in force
     * @return how many
     */
    public int release(Predicate<String> stands, Instant now) throws SQLException {
        int released = 0;
        for (String key : Sql.list(source, KEYS, row -> row.getString(1))) {
            if (!stands.test(key)) {
                released += eachBatch("held_by = ? and next_attempt > ?", List.of(key, now), "next_attempt = ?", List.of(now));
            }
        }
        return released;
    }

    private int eachBatch(String condition, List<?> parameters, String assignment, List<?> values) throws SQLException {
        String select = "select message_id from deferred where " + condition + " and message_id > ? order by message_id limit " + BATCH + " for update";
        int changed = 0;
        String after = "";
        List<String> ids;
        do {
            String from = after;
            ids = Sql.transaction(source, connection -> {
                List<String> batch = Sql.list(connection, select, row -> row.getString(1), with(parameters, from));
                if (!batch.isEmpty()) {
                    Sql.update(connection, "update deferred set " + assignment + " where message_id = any(?)", with(values, batch));
                }
                return batch;
            });
            changed += ids.size();
            after = ids.isEmpty() ? after : ids.get(ids.size() - 1);
        } while (ids.size() == BATCH);
        return changed;
    }

    private static Object[] with(List<?> values, Object last) {
        var all = new ArrayList<Object>(values);
        all.add(last);
        return all.toArray();
    }
}
