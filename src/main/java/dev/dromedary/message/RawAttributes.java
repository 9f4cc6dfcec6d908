package dev.dromedary.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The attributes of a raw message: from properties beside it, and from {@code X-Dromedary-} fields in its header section. */
final class RawAttributes {
    private static final String PREFIX = "X-Dromedary-";
    private static final Attributes NONE = new Attributes(null, null, null, null, null, null, null, null, null, null, List.of());

    private RawAttributes() {
    }

    static Attributes of(byte[] message) {
        var section = new RawHeaderSection(message);
        if (!section.hasPrefix(PREFIX)) {
            return NONE;
        }
        return read(name -> name.equals("Message-Id") ? null : only(section, PREFIX + name), name -> PREFIX + name);
    }

    static Attributes of(Map<String, String> properties) {
        if (properties.isEmpty()) {
            return NONE;
        }
        UnaryOperator<String> subject = RawAttributes::property;
        return read(name -> properties.get(property(name)), subject);
    }

    private static Attributes read(UnaryOperator<@Nullable String> values, UnaryOperator<String> subjects) {
        var from = new Source(values, subjects);
        List<String> tags = from.read("Tags", (subject, value) -> Attributes.tags(subject, commaSeparated(value)));
        return new Attributes(
            from.read("Message-Id", Attributes::messageId),
            from.read("Priority", Attributes::priority),
            from.read("Scheduled-Time", Attributes::scheduledTime),
            from.read("Max-Retries", Attributes::maxRetries),
            from.read("Max-Age", Attributes::maxAge),
            from.read("Dsn", Attributes::dsn),
            from.read("Send-Time", Attributes::best),
            from.read("Within", Attributes::within),
            from.read("Stream", Attributes::stream),
            from.read("Campaign", Attributes::campaign),
            tags == null ? List.of() : tags);
    }

    private static @Nullable String only(RawHeaderSection section, String name) {
        List<String> values = section.values(name);
        if (values.size() > 1) {
            throw new RefusedException(RefusalCode.HEADER_MALFORMED, name, values.size() + " fields", "give it once");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    private static List<String> commaSeparated(String value) {
        return value.isBlank() ? List.of() : new ArrayList<>(Arrays.stream(value.split(",", -1)).map(String::strip).toList());
    }

    /** {@code Max-Retries} is {@code max_retries}. */
    private static String property(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    private record Source(UnaryOperator<@Nullable String> values, UnaryOperator<String> subjects) {
        <T> @Nullable T read(String name, BiFunction<String, String, T> rule) {
            String value = values.apply(name);
            return value == null ? null : rule.apply(subjects.apply(name), value);
        }
    }
}
