package dev.dromedary.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of one section or item, converted, with defaults filled in; where the file is in error, with the default instead. */
final class Settings {
    /** @param given false for a default */
    record Setting(@Nullable Object value, Place place, boolean given) {
    }

    private final String path;
    private final String name;
    private final Place place;
    private final Map<String, Setting> values = new LinkedHashMap<>();
    private final Map<String, Settings> sections = new LinkedHashMap<>();
    private final Map<String, List<Settings>> items = new LinkedHashMap<>();

    Settings(String path, String name, Place place) {
        this.path = path;
        this.name = name;
        this.place = place;
    }

    void put(String key, Setting setting) {
        values.put(key, setting);
    }

    void put(String key, Settings section) {
        sections.put(key, section);
    }

    void put(String key, List<Settings> list) {
        items.put(key, List.copyOf(list));
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    String path() {
        return path;
    }

    /** The id of an item. */
    String name() {
        return name;
    }

    Place place() {
        return place;
    }

    /** The key's place or, for a default, the section's. */
    Place place(String key) {
        Setting setting = values.get(key);
        return setting != null && setting.given() ? setting.place() : place;
    }

    boolean isGiven(String key) {
        Setting setting = values.get(key);
        return setting != null && setting.given();
    }

    Settings section(String key) {
        return Objects.requireNonNull(sections.get(key), key);
    }

    List<Settings> items(String key) {
        return items.getOrDefault(key, List.of());
    }

    @Nullable Setting setting(String key) {
        return values.get(key);
    }

    @Nullable Object value(String key) {
        Setting setting = values.get(key);
        return setting == null ? null : setting.value();
    }

    <T> @Nullable T optional(String key, Class<T> type) {
        return type.cast(value(key));
    }

    private <T> T get(String key, Class<T> type) {
        return Objects.requireNonNull(optional(key, type), key);
    }

    String text(String key) {
        return get(key, String.class);
    }

    int number(String key) {
        return get(key, Integer.class);
    }

    long size(String key) {
        return get(key, Long.class);
    }

    double decimal(String key) {
        return get(key, Double.class);
    }

    boolean flag(String key) {
        return get(key, Boolean.class);
    }

    Duration duration(String key) {
        return get(key, Duration.class);
    }

    <T> T choice(String key, Class<T> type) {
        return get(key, type);
    }

    <T> List<T> list(String key, Class<T> type) {
        return get(key, List.class).stream().map(type::cast).toList();
    }
}
