package dev.dromedary.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dromedary.config.DurationText;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.StrictJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The JSON object that an operator's call comes with: texts and flags, none that is not known. */
final class ApiFields {
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_VALUE = 1_000;
    private final ObjectNode object;

    private ApiFields(ObjectNode object) {
        this.object = object;
    }

    /**
     * @param known every field that means something to the call
     * @throws RefusedException where it is no JSON object, or has another field
     */
    static ApiFields of(Exchange exchange, List<String> known) {
        byte[] bytes = exchange.getMessage().getBody(byte[].class);
        ObjectNode object = StrictJson.object(bytes == null ? new byte[0] : bytes);
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new RefusedException(RefusalCode.FIELD_UNKNOWN, name, String.valueOf(object.get(name)), "leave it out; known are " + String.join(", ", known));
            }
        });
        return new ApiFields(object);
    }

    /** @return null where it is not given */
    @Nullable String optional(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.asText().isEmpty() || value.asText().length() > LONGEST_VALUE) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, name, value.toString(), "write a text of 1 to " + LONGEST_VALUE + " characters");
        }
        return value.asText();
    }

    String required(String name, String advice) {
        String value = optional(name);
        if (value == null) {
            throw new RefusedException(RefusalCode.FIELD_MISSING, name, "nothing", advice);
        }
        return value;
    }

    /** Names and values of those that are given. */
    Map<String, String> given(List<String> names) {
        var given = new TreeMap<String, String>();
        for (String name : names) {
            String value = optional(name);
            if (value != null) {
                given.put(name, value);
            }
        }
        return given;
    }

    boolean flag(String name) {
        JsonNode value = object.get(name);
        if (value != null && !value.isBoolean()) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, name, value.toString(), "write true or false");
        }
        return value != null && value.asBoolean();
    }

    String reason() {
        return reason(optional("reason"));
    }

    /** What an operator writes into the audit log. */
    static String reason(@Nullable String text) {
        return reason("reason", text);
    }

    /** @param name of the field or parameter: {@code why} where another is the reason of what is changed */
    static String reason(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new RefusedException(RefusalCode.FIELD_MISSING, name, text == null ? "nothing" : "blank", "say why, for those who look later");
        }
        if (text.length() > LONGEST_REASON || text.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, name, text, "write one line of at most " + LONGEST_REASON + " characters");
        }
        return text.strip();
    }

    /** @throws RefusedException where it is no duration from one second to the most */
    Duration duration(String name, Duration usual, Duration most) {
        String text = optional(name);
        if (text == null) {
            return usual;
        }
        try {
            Duration length = DurationText.parse(text);
            if (length.compareTo(Duration.ofSeconds(1)) >= 0 && length.compareTo(most) <= 0) {
                return length;
            }
        } catch (IllegalArgumentException notOne) {
            // Said below, with the value.
        }
        throw new RefusedException(RefusalCode.FIELD_INVALID, name, text, "write a duration from 1s to " + DurationText.print(most) + ", such as 90m");
    }

    /** @throws RefusedException where it is none of these */
    String choice(String name, List<String> choices) {
        String value = required(name, "write one of " + String.join(", ", choices));
        if (!choices.contains(value)) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, name, value, "write one of " + String.join(", ", choices));
        }
        return value;
    }
}
