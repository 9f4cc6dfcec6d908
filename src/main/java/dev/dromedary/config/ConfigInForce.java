package dev.dromedary.config;

import dev.dromedary.config.Entry.Items;
import dev.dromedary.config.Entry.Leaf;
import dev.dromedary.config.Entry.Named;
import dev.dromedary.config.Entry.Section;
import dev.dromedary.config.Entry.Trait;
import dev.dromedary.config.Settings.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every value that a configuration was made of, as people may see it: what is secret, or may hold a secret, is not in it. */
public record ConfigInForce(List<Value> values) {
    static final String HIDDEN = "(not shown)";
    /** User and password in a URL, and parameters that end so: the lint refuses most, and this is for what it does not know. */
    private static final Pattern IN_URL = Pattern.compile("(?<=://)[^/@\\s]*@|(?i)(?<=(?:password|passwd|passcode|secret|token)=)[^&;#)\\s]+");

    /** What is that long has no end. */
    private static final Duration FOR_EVER = Duration.ofDays(1_000_000);

    public ConfigInForce {
        values = List.copyOf(values);
    }

    /** Where a value comes from. */
    public enum Source { FILE, ENVIRONMENT, DEFAULT }

    /**
     * @param key   such as {@code pools.mta-1.host}
     * @param value as it could be written, or null where there is none
     * @param place the line of the file, the name of the environment variable, or null for a default
     */
    public record Value(String key, @Nullable String value, Source source, @Nullable String place, String meaning) {
    }

    static ConfigInForce of(Settings root, List<Entry> schema) {
        var values = new ArrayList<Value>();
        collect(root, schema, values);
        return new ConfigInForce(values);
    }

    private static void collect(Settings settings, List<Entry> entries, List<Value> out) {
        for (Entry entry : entries) {
            if (entry instanceof Leaf leaf) {
                add(settings, leaf, out);
            } else if (entry instanceof Section section) {
                collect(settings.section(section.name()), section.entries(), out);
            } else if (entry instanceof Items items) {
                settings.items(items.name()).forEach(item -> collect(item, items.entries(), out));
            } else if (entry instanceof Named named) {
                settings.items(named.name()).forEach(item -> collect(item, named.entries(), out));
            }
        }
    }

    private static void add(Settings settings, Leaf leaf, List<Value> out) {
        Setting setting = settings.setting(leaf.name());
        boolean absent = setting == null || setting.value() == null || leaf.isDiscreet() && List.of().equals(setting.value());
        if (leaf.isDiscreet() && absent) {
            return;
        }
        Place place = setting == null ? Place.NOWHERE : setting.place();
        String file = place.file();
        boolean variable = file != null && file.startsWith("$");
        // A pool that the program adds to an empty file is given, but stands nowhere.
        Source source = file == null || setting == null || !setting.given() ? Source.DEFAULT : variable ? Source.ENVIRONMENT : Source.FILE;
        String value = absent ? null : leaf.isDiscreet() || leaf.trait() == Trait.SECRET ? HIDDEN : masked(text(setting.value()));
        out.add(new Value(settings.path(leaf.name()), value, source, source == Source.DEFAULT ? null : variable ? file.substring(1) : file + ":" + place.line(), leaf.meaning()));
    }

    private static String masked(String text) {
        return IN_URL.matcher(text).replaceAll(found -> found.group().endsWith("@") ? "***@" : "***");
    }

    private static String text(Object value) {
        if (value instanceof Collection<?> many) {
            return many.stream().map(ConfigInForce::text).collect(Collectors.joining(", "));
        }
        if (value instanceof Duration duration) {
            return duration.compareTo(FOR_EVER) >= 0 ? "never" : DurationText.print(duration);
        }
        if (value instanceof Long bytes) {
            return SizeText.print(bytes);
        }
        if (value instanceof Enum<?> word) {
            return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return String.valueOf(value);
    }
}
