package dev.dromedary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Plain JDBC with the handling of parameters, rows and transactions written once. Errors are the driver's own {@link SQLException}s. */
public final class Sql {

    private static final int FETCH_SIZE = 64;

    private Sql() {
    }

    /** What is done with a connection inside one transaction. */
    public interface Work<R> {
        R with(Connection connection) throws SQLException;
    }

    /** Reads one row. */
    public interface Row<R> {
        R read(ResultSet row) throws SQLException;
    }

    /** Commits what the work did, or rolls it back when it throws anything. */
    public static <R> R transaction(DataSource source, Work<R> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                R result = work.with(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollBackQuietly(connection);
                }
            }
        }
    }

    public static <R> List<R> list(DataSource source, String sql, Row<R> row, @Nullable Object... parameters) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return list(connection, sql, row, parameters);
        }
    }

    public static <R> List<R> list(Connection connection, String sql, Row<R> row, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, parameters); ResultSet rows = statement.executeQuery()) {
            var list = new ArrayList<R>();
            while (rows.next()) {
                list.add(row.read(rows));
            }
            return list;
        }
    }

    /** Reads rows as they come from the server, few at a time, up to and including the first for which {@code more} is false. Only inside a transaction. */
    public static <R> List<R> listWhile(Connection connection, String sql, Row<R> row, Predicate<R> more, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, parameters)) {
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet rows = statement.executeQuery()) {
                var list = new ArrayList<R>();
                boolean on = true;
                while (on && rows.next()) {
                    R read = row.read(rows);
                    list.add(read);
                    on = more.test(read);
                }
                return list;
            }
        }
    }

    /** Hands over one row after the other as they come from the server. Only inside a transaction. @return how many */
    public static <R> int each(Connection connection, String sql, Row<R> row, Consumer<R> reader, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, parameters)) {
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet rows = statement.executeQuery()) {
                int count = 0;
                while (rows.next()) {
                    reader.accept(row.read(rows));
                    count++;
                }
                return count;
            }
        }
    }

    public static int update(DataSource source, String sql, @Nullable Object... parameters) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return update(connection, sql, parameters);
        }
    }

    public static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    public static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    public static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                bind(statement, i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof Instant instant) {
            statement.setObject(index, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
        } else if (value instanceof Collection<?> texts) {
            statement.setArray(index, statement.getConnection().createArrayOf("text", texts.toArray()));
        } else {
            statement.setObject(index, value);
        }
    }

    private static void rollBackQuietly(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is broken, so the server rolls back by itself; the first error is the one worth reporting.
        }
    }
}
