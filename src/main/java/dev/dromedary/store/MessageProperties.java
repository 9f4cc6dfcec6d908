package dev.dromedary.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads properties strictly: what is missing or of another type is a {@link MalformedMessageException}. */
public final class MessageProperties {
    private final Map<String, ? extends @Nullable Object> properties;

    public MessageProperties(Map<String, ? extends @Nullable Object> properties) {
        this.properties = properties;
    }

    public String text(String name) {
        String text = optional(name);
        if (text == null || text.isEmpty()) {
            throw new MalformedMessageException(name, "missing");
        }
        return text;
    }

    public @Nullable String optional(String name) {
        Object value = properties.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new MalformedMessageException(name, value + ", no text");
    }

    public int integer(String name) {
        Object value = properties.get(name);
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).intValue();
        }
        if (value instanceof Long number && number == number.intValue()) {
            return number.intValue();
        }
        throw new MalformedMessageException(name, value == null ? "missing" : value + ", no 32-bit number");
    }

    public @Nullable Integer optionalInteger(String name) {
        return properties.get(name) == null ? null : integer(name);
    }

    public Instant time(String name) {
        String text = text(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedMessageException(name, text);
        }
    }
}
