package dev.dromedary.config;

import java.util.ArrayList;
import java.util.List;

/** The tables of docs/configuration.md, as the schema has them. */
final class Reference {
    private final List<String> lines = new ArrayList<>();

    private Reference() {
    }

    static String tables() {
        return tables(Schema.ROOT, "One value.");
    }

    static String tables(List<Entry> schema, String top) {
        Reference reference = new Reference();
        reference.table("At the top", top, "", schema);
        for (Entry entry : schema) {
            reference.nested("", entry);
        }
        return String.join("\n", reference.lines).strip() + "\n";
    }

    private void nested(String prefix, Entry entry) {
        String path = prefix + entry.name();
        if (entry instanceof Entry.Section section) {
            all("`" + path + "`", section.meaning(), path + ".", section.entries());
        } else if (entry instanceof Entry.Items items) {
            all("`" + path + "` (list)", items.meaning(), path + "[].", items.entries());
        } else if (entry instanceof Entry.Named named) {
            all("`" + path + "` (by id)", named.meaning(), path + ".ID.", named.entries());
        }
    }

    private void all(String title, String meaning, String prefix, List<Entry> entries) {
        table(title, meaning, prefix, entries);
        entries.forEach(entry -> nested(prefix, entry));
    }

    private void table(String title, String meaning, String prefix, List<Entry> entries) {
        List<Entry.Leaf> leaves = entries.stream().filter(Entry.Leaf.class::isInstance).map(Entry.Leaf.class::cast).toList();
        lines.addAll(List.of("### " + title, "", meaning, ""));
        if (leaves.isEmpty()) {
            return;
        }
        lines.addAll(List.of("| key | value | default | meaning |", "|---|---|---|---|"));
        for (Entry.Leaf leaf : leaves) {
            lines.add("| `" + prefix + leaf.name() + "` | " + (leaf.many() ? "list: " : "") + leaf.type().form() + " | " + fallback(leaf) + " | " + leaf.meaning() + " |");
        }
        lines.add("");
    }

    private static String fallback(Entry.Leaf leaf) {
        String text = leaf.fallback();
        if (leaf.isRequired()) {
            return "required";
        }
        if (text == null || text.isEmpty()) {
            return "none";
        }
        return text.equals("@host name") ? "the host's name" : text.startsWith("@") ? "that of `" + text.substring(1) + "`" : "`" + text + "`";
    }
}
