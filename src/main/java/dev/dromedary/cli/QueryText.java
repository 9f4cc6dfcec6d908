package dev.dromedary.cli;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The query of a URL, of those parameters that are given. */
final class QueryText {
    private final StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");

    QueryText with(String name, @Nullable Object value) {
        if (value != null) {
            query.add(name + "=" + ApiClient.encoded(value.toString()));
        }
        return this;
    }

    @Override
    public String toString() {
        return query.toString();
    }
}
