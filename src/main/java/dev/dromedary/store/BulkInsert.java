package dev.dromedary.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Inserts many rows with one statement of a fixed text: each column travels as one array, so that the server parses and plans once
 * whatever the size of the batch, and one round trip carries it.
 *
 * <p>NUL characters, which PostgreSQL's text cannot hold, become U+FFFD: a strange SMTP reply must not stop an event. Times are cut to
 * microseconds, PostgreSQL's resolution. Immutable and safe for use by many threads.
 */
public final class BulkInsert<T> {
    private static final String LIST_SEPARATOR = "\u001f";
    private final String sql;
    private final List<Column<T>> columns;

    private record Column<T>(String name, String type, Function<T, @Nullable Object> value) {
        String selected() {
            return type.equals("text[]") ? "string_to_array(" + name + ", E'\\x1f')" : name;
        }

        String arrayType() {
            return type.equals("text[]") ? "text" : type;
        }
    }

    private BulkInsert(String table, List<Column<T>> columns, String onConflict) {
        this.columns = columns;
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        String selected = columns.stream().map(Column::selected).collect(Collectors.joining(", "));
        String arrays = columns.stream().map(c -> "?::" + c.arrayType() + "[]").collect(Collectors.joining(", "));
        this.sql = "insert into " + table + " (" + names + ") select " + selected + " from unnest(" + arrays + ") as row(" + names + ") " + onConflict;
    }

    public static <T> Builder<T> into(String table) {
        return new Builder<>(table);
    }

    /** @return the rows inserted or updated: those left alone because of a conflict do not count */
    public int write(Connection connection, List<T> rows) throws SQLException {
        if (rows.isEmpty()) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                Column<T> column = columns.get(i);
                statement.setArray(i + 1, connection.createArrayOf(column.arrayType(), values(column, rows)));
            }
            return statement.executeUpdate();
        }
    }

    private static <T> @Nullable Object[] values(Column<T> column, List<T> rows) {
        @Nullable Object[] values = column.type().equals("bytea") ? new byte[rows.size()][] : new Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = storable(column.value().apply(rows.get(i)));
        }
        return values;
    }

    private static @Nullable Object storable(@Nullable Object value) {
        if (value instanceof String text) {
            return text.indexOf('\0') < 0 ? text : text.replace('\0', '\ufffd');
        }
        if (value instanceof Instant instant) {
            return instant.truncatedTo(ChronoUnit.MICROS).toString();
        }
        return value;
    }

    /** Names columns in the order of the values given with them. */
    public static final class Builder<T> {
        private final String table;
        private final List<Column<T>> columns = new ArrayList<>();

        private Builder(String table) {
            this.table = table;
        }

        public Builder<T> text(String name, Function<T, @Nullable String> value) {
            return add(name, "text", value::apply);
        }

        public Builder<T> integer(String name, Function<T, @Nullable Integer> value) {
            return add(name, "int4", value::apply);
        }

        public Builder<T> number(String name, Function<T, Double> value) {
            return add(name, "float8", value::apply);
        }

        public Builder<T> time(String name, Function<T, @Nullable Instant> value) {
            return add(name, "timestamptz", value::apply);
        }

        public Builder<T> bytes(String name, Function<T, byte[]> value) {
            return add(name, "bytea", value::apply);
        }

        public Builder<T> texts(String name, Function<T, List<String>> value) {
            return add(name, "text[]", row -> String.join(LIST_SEPARATOR, value.apply(row)));
        }

        /** @param onConflict the clause, or an empty text for none */
        public BulkInsert<T> build(String onConflict) {
            return new BulkInsert<>(table, List.copyOf(columns), onConflict);
        }

        private Builder<T> add(String name, String type, Function<T, @Nullable Object> value) {
            columns.add(new Column<>(name, type, value));
            return this;
        }
    }
}
