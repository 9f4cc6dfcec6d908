package dev.dromedary.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells a row that can never be written from a database that cannot take any row now. */
final class SinkFault {

    private SinkFault() {
    }

    /**
     * True for SQLSTATE classes 21 (cardinality), 22 (data) and 23 (integrity), and for faults without any SQL error in them. Everything
     * else, a missing table included, is the database's trouble: the rows wait.
     */
    static boolean isOfTheRow(Throwable fault) {
        SQLException sql = sqlError(fault);
        if (sql == null) {
            return fault instanceof RuntimeException;
        }
        String state = sql.getSQLState();
        return state != null && (state.startsWith("21") || state.startsWith("22") || state.startsWith("23"));
    }

    private static @Nullable SQLException sqlError(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
