package dev.dromedary.config;

import dev.dromedary.config.Entry.Items;
import dev.dromedary.config.Entry.Leaf;
import dev.dromedary.config.Entry.Named;
import dev.dromedary.config.Entry.Section;
import dev.dromedary.config.Entry.Trait;
import dev.dromedary.config.Settings.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns what the file and the environment say into {@link Settings}, along the {@link Schema}. */
final class Resolver {
    private static final Raw.Mapping NOTHING = Raw.Mapping.of(Map.of());

    private final Environment environment;
    private final Findings findings;
    /** What defaults such as {@code @smtp.hostname} point to. */
    private final Map<String, Object> known = new HashMap<>();

    Resolver(Environment environment, Findings findings, String hostName) {
        this.environment = environment;
        this.findings = findings;
        known.put("host name", hostName);
    }

    Settings resolve(Raw.Mapping file) {
        return resolve(Schema.ROOT, file);
    }

    Settings resolve(List<Entry> schema, Raw.Mapping file) {
        Settings root = new Settings("", "", Place.NOWHERE);
        fill(root, schema, file);
        return root;
    }

    private void fill(Settings target, List<Entry> entries, Raw.Mapping raw) {
        rejectUnknown(target, entries, raw);
        for (Entry entry : entries) {
            Raw value = raw.entries().get(entry.name());
            String path = target.path(entry.name());
            if (entry instanceof Leaf leaf) {
                target.put(leaf.name(), leaf(target, leaf, value));
            } else if (entry instanceof Section section) {
                Settings child = new Settings(path, section.name(), value == null ? target.place() : findings.line(value.line()));
                fill(child, section.entries(), mapping(path, value));
                target.put(section.name(), child);
            } else if (entry instanceof Items items) {
                target.put(items.name(), items(path, items, value));
            } else if (entry instanceof Named named) {
                target.put(named.name(), named(path, named, mapping(path, value)));
            }
        }
    }

    private void rejectUnknown(Settings target, List<Entry> entries, Raw.Mapping raw) {
        List<String> names = entries.stream().filter(entry -> !(entry instanceof Leaf leaf && leaf.trait() == Trait.SECRET)).map(Entry::name).toList();
        raw.entries().forEach((key, value) -> {
            if (entries.stream().noneMatch(entry -> entry.name().equals(key))) {
                findings.error(ConfigCode.UNKNOWN_KEY, findings.line(value.line()), target.path(key), "no such key", NearestKey.advice(key, names));
            }
        });
    }

    private Raw.Mapping mapping(String path, @Nullable Raw raw) {
        if (raw == null || raw instanceof Raw.Empty) {
            return NOTHING;
        }
        if (raw instanceof Raw.Mapping mapping) {
            return mapping;
        }
        findings.error(ConfigCode.WRONG_TYPE, findings.line(raw.line()), path, kind(raw), "write keys below it, indented");
        return NOTHING;
    }

    private List<Settings> items(String path, Items items, @Nullable Raw raw) {
        if (raw == null || raw instanceof Raw.Empty) {
            return List.of();
        }
        if (!(raw instanceof Raw.Sequence sequence)) {
            findings.error(ConfigCode.WRONG_TYPE, findings.line(raw.line()), path, kind(raw), "write a list of items, each beginning with - " + items.idKey() + ":");
            return List.of();
        }
        List<Settings> all = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Raw item : sequence.items()) {
            Raw.Mapping mapping = mapping(path + "[" + all.size() + "]", item);
            String id = mapping.entries().get(items.idKey()) instanceof Raw.Text text ? text.text() : "";
            boolean repeated = !id.isEmpty() && !ids.add(id);
            String place = id.isEmpty() || repeated ? path + "[" + all.size() + "]" : path + "." + id;
            if (repeated) {
                findings.error(ConfigCode.DUPLICATE_ID, findings.line(item.line()), place + "." + items.idKey(), "\"" + id + "\" is taken", "give each item of " + path + " its own");
            }
            all.add(item(place, id.isEmpty() ? "unnamed-" + all.size() : id, item.line(), items.entries(), mapping));
        }
        return all;
    }

    private List<Settings> named(String path, Named named, Raw.Mapping mapping) {
        List<Settings> all = new ArrayList<>();
        mapping.entries().forEach((id, value) -> {
            try {
                ValueTypes.ID.read(id);
            } catch (BadValue bad) {
                findings.error(bad.code(), findings.line(value.line()), path + "." + id, "no id", bad.advice());
            }
            all.add(item(path + "." + id, id, value.line(), named.entries(), mapping(path + "." + id, value)));
        });
        return all;
    }

    private Settings item(String path, String id, int line, List<Entry> entries, Raw.Mapping mapping) {
        Settings item = new Settings(path, id, findings.line(line));
        fill(item, entries, mapping);
        return item;
    }

    private Setting leaf(Settings owner, Leaf leaf, @Nullable Raw raw) {
        String key = owner.path(leaf.name());
        String override = leaf.trait() == Trait.NAME ? null : environment.override(key);
        Setting setting = override != null ? overridden(leaf, key, override) : written(leaf, key, raw);
        if (setting == null) {
            if (override == null && isAbsent(raw) && leaf.isRequired()) {
                findings.error(ConfigCode.MISSING_VALUE, owner.place(), key, "not set", "write " + leaf.type().form());
            }
            setting = new Setting(fallback(leaf), Place.NOWHERE, false);
        }
        if (setting.value() != null) {
            known.put(key, setting.value());
        }
        return setting;
    }

    private static boolean isAbsent(@Nullable Raw raw) {
        return raw == null || raw instanceof Raw.Empty;
    }

    private @Nullable Setting overridden(Leaf leaf, String key, String text) {
        Place place = Place.variable(Environment.variable(key));
        List<String> texts = leaf.many() ? List.of(text.strip().split("\\s*,\\s*")) : List.of(leaf.trait() == Trait.SECRET ? text : text.strip());
        return converted(leaf, key, texts, place);
    }

    private @Nullable Setting written(Leaf leaf, String key, @Nullable Raw raw) {
        if (raw == null || raw instanceof Raw.Empty) {
            return null;
        }
        Place place = findings.line(raw.line());
        if (leaf.trait() == Trait.SECRET) {
            findings.error(ConfigCode.LITERAL_SECRET, place, key, "a secret in the file", "write " + leaf.name() + "-env with the name of an environment variable, or " + leaf.name() + "-file with a file that holds it");
            return null;
        }
        List<Raw> parts = leaf.many() && raw instanceof Raw.Sequence sequence ? sequence.items() : List.of(raw);
        List<String> texts = new ArrayList<>();
        for (Raw part : parts) {
            if (!(part instanceof Raw.Text text)) {
                findings.error(ConfigCode.WRONG_TYPE, findings.line(part.line()), key, kind(part), "write " + leaf.type().form());
                return null;
            }
            texts.add(text.text());
        }
        return converted(leaf, key, texts, place);
    }

    private @Nullable Setting converted(Leaf leaf, String key, List<String> texts, Place place) {
        List<Object> values = new ArrayList<>();
        boolean bad = false;
        for (String text : texts) {
            try {
                values.add(leaf.type().read(text));
            } catch (BadValue unreadable) {
                bad = true;
                findings.error(unreadable.code(), place, key, leaf.isDiscreet() ? "not shown" : "\"" + text + "\"", unreadable.advice());
            }
        }
        return bad ? null : new Setting(leaf.many() ? List.copyOf(values) : values.get(0), place, true);
    }

    private @Nullable Object fallback(Leaf leaf) {
        String text = leaf.fallback();
        if (text == null || text.isEmpty()) {
            return leaf.many() ? List.of() : null;
        }
        if (text.startsWith("@")) {
            return known.get(text.substring(1));
        }
        return leaf.many() ? Stream.of(text.split("\\s*,\\s*")).<Object>map(leaf.type()::read).toList() : leaf.type().read(text);
    }

    private static String kind(Raw raw) {
        return raw instanceof Raw.Mapping ? "keys below it" : raw instanceof Raw.Sequence ? "a list" : raw instanceof Raw.Text ? "a single value" : "nothing";
    }
}
