package dev.dromedary.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.dromedary.cli.top.Table.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What needs somebody: open alerts, problems, early warnings. */
final class AlertsPart {
    private static final int TEXT = 6;
    private static final String CRITICAL = "critical";

    private AlertsPart() {
    }

    /** @param rank 0 critical, 1 the rest */
    private record Item(int rank, String word, String since, String kind, String about, String text, Subject subject) {
        String age(Scene scene) {
            return since.isEmpty() ? "" : scene.since(TextNode.valueOf(since));
        }

        Ink ink() {
            return rank == 0 ? Ink.BAD : Ink.WARN;
        }
    }

    static Body body(Scene scene) {
        Comparator<Item> by = scene.controls().order().equals("since") ? Comparator.comparing(Item::since).reversed() : Comparator.comparingInt(Item::rank);
        List<Item> items = items(scene).stream().sorted(by).toList();
        return items.isEmpty() ? Body.of(Row.of(nothing(scene))) : Body.table(table("alerts", items, scene).rows(scene, TEXT));
    }

    static List<Row> glance(Scene scene) {
        List<Item> items = items(scene).stream().sorted(Comparator.comparingInt(Item::rank)).toList();
        var table = new Table(Column.name("attention", 0), Column.number("since", 2), Column.text("", 1));
        items.forEach(item -> table.about(item.subject, Line.of(item.word, item.ink()), Line.of(item.age(scene)), Line.of((item.about.isEmpty() ? "" : item.about + ": ") + scene.text(item.text))));
        return table.rows(scene, 1);
    }

    static int count(Scene scene, boolean critical) {
        return (int) items(scene).stream().filter(item -> !critical || item.rank == 0).count();
    }

    private static Line nothing(Scene scene) {
        return Line.of(scene.snapshot().has(Call.ALERTS) ? "no open alert, no problem, no early warning" : "no problem, no early warning", Ink.GOOD).fit(scene.width());
    }

    private static Table table(String first, List<Item> items, Scene scene) {
        var table = new Table(Column.name(first, 0), Column.number("since", 2), Column.name("what", 3), Column.name("of", 4), Column.text("text", 1));
        items.forEach(item -> table.about(item.subject, Line.of(item.word, item.ink()), Line.of(item.age(scene)),
                Line.of(item.kind), Line.of(item.about, Ink.STRONG), Line.of(scene.text(item.text))));
        return table;
    }

    private static List<Item> items(Scene scene) {
        var items = new ArrayList<Item>();
        scene.list(Call.ALERTS, "alerts").forEach(one -> items.add(alert(one)));
        scene.list(Call.STATUS, "problems").forEach(one -> items.add(new Item(0, "problem", "", code(one.asText()), "", one.asText().replaceFirst("^\\[\\w+] ", ""), Subject.of(Subject.Of.PROBLEM, one.asText()))));
        scene.list(Call.WARNINGS, "warnings").forEach(one -> items.add(warning(one)));
        return items;
    }

    private static String code(String text) {
        return text.startsWith("[") && text.contains("]") ? text.substring(1, text.indexOf(']')) : "";
    }

    private static Item alert(JsonNode one) {
        String todo = Scene.list(one.path("suggested")).stream().map(JsonNode::asText).collect(Collectors.joining("; "));
        String severity = one.path("severity").asText("warning");
        return new Item(severity.equals(CRITICAL) ? 0 : 1, severity, one.path("since").asText(""), one.path("rule").asText(), one.path("subject").asText(""),
                one.path("text").asText(one.path("metric").asText("")) + (one.hasNonNull("silenced_until") ? " (silenced)" : "") + (todo.isEmpty() ? "" : " -> " + todo), Subject.of(Subject.Of.ALERT, one.path("id").asText()));
    }

    private static Item warning(JsonNode one) {
        String severity = one.path("severity").asText("warning");
        long share = Math.round(100 * one.path("share").asDouble(1));
        return new Item(severity.equals(CRITICAL) ? 0 : 1, severity, one.path("since").asText(""), one.path("kind").asText(),
                (one.hasNonNull("pool") ? one.path("pool").asText() + " to " : "") + one.path("provider").asText(), one.path("cause").asText() + (share < 100 ? "; " + share + " % of the usual volume" : ""), Subject.of(Subject.Of.WARNING, one.path("id").asText()));
    }
}
