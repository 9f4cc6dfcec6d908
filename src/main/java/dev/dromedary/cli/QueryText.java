package dev.dromedary.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The query of a URL, of those parameters that are given. */
final class QueryText {
    private final StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");

    QueryText with(String name, @Nullable Object value) {
        if (value != null) {
            query.add(name + "=" + encoded(value.toString()));
        }
        return this;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return query.toString();
    }
}
