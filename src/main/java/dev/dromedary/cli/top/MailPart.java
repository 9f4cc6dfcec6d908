package dev.dromedary.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dromedary.cli.top.Table.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Mail that waits, and mail that was given up. */
final class MailPart {
    private static final int REASON = 2;

    private MailPart() {
    }

    static Body body(Scene scene) {
        var rows = new ArrayList<Row>();
        boolean deadFirst = scene.controls().order().equals("dead letters");
        if (deadFirst) {
            rows.addAll(dead(scene));
            rows.add(Row.blank());
        }
        rows.addAll(groups(scene));
        rows.add(Row.blank());
        rows.addAll(deferred(scene));
        if (!deadFirst) {
            rows.add(Row.blank());
            rows.addAll(dead(scene));
        }
        return Body.of(rows);
    }

    private static List<Row> groups(Scene scene) {
        List<JsonNode> waiting = scene.list(Call.STATUS, "waiting");
        if (waiting.isEmpty()) {
            return List.of(Row.of(Line.of("waiting  ", Ink.TITLE).add("nothing", Ink.FAINT).fit(scene.width())));
        }
        var table = new Table(Column.name("waiting", 0), Column.name("for", 0), Column.number("messages", 0), Column.name("the next", 1));
        waiting.stream().sorted(Comparator.comparingLong(one -> -one.path("messages").asLong())).forEach(one -> table.about(Subject.of(Subject.Of.LANE, one.path("provider").asText()), Line.of(one.path("kind").asText(), Ink.STRONG), Line.of(one.path("provider").asText()),
                Line.of(Figures.count(one.path("messages"))), Line.of(scene.until(Figures.instant(one.path("earliest"))))));
        return table.rows(scene, 1);
    }

    private static List<Row> deferred(Scene scene) {
        List<JsonNode> found = scene.list(Call.DEFERRED, "deferred");
        var table = new Table(Column.name("first to go", 0), Column.name("provider", 3), Column.name("pool", 4), Column.name("kind", 2), Column.number("try", 5), Column.name("next", 1), Column.text("reason", 1));
        found.forEach(one -> table.about(Subject.of(Subject.Of.MAIL, one.path("id").asText()), Line.of(one.path("to").asText()), Line.of(one.path("provider").asText()), Line.of(one.path("pool").asText("")), Line.of(one.path("kind").asText()),
                Line.of(one.path("attempt").asText("")), Line.of(scene.until(Figures.instant(one.path("next_attempt")))), Line.of(code(one) + one.path("reason").asText(""), Ink.FAINT)));
        return section(table, scene, found.size(), scene.of(Call.DEFERRED).path("total").asLong(), "");
    }

    private static List<Row> dead(Scene scene) {
        List<JsonNode> found = scene.list(Call.DEAD, "dead_letters");
        var table = new Table(Column.name("dead letters", 0), Column.name("provider", 3), Column.name("pool", 4), Column.name("outcome", 2), Column.number("ago", 1), Column.text("reason", 1));
        found.forEach(one -> table.about(Subject.of(Subject.Of.MAIL, one.path("id").asText()), Line.of(one.path("to").asText()), Line.of(one.path("provider").asText()), Line.of(one.path("pool").asText("")),
                Line.of(one.path("outcome").asText() + (one.path("in_doubt").asBoolean() ? " ?" : ""), Ink.BAD), Line.of(scene.since(one.path("dead_at"))), Line.of(code(one) + one.path("reason").asText(""), Ink.FAINT)));
        return section(table, scene, found.size(), scene.of(Call.DEAD).path("total").asLong(), "dead letters");
    }

    private static List<Row> section(Table table, Scene scene, int shown, long total, String name) {
        if (table.isEmpty()) {
            return name.isEmpty() ? List.of() : List.of(Row.of(Line.of(name + "  ", Ink.TITLE).add("none", Ink.FAINT).fit(scene.width())));
        }
        var rows = new ArrayList<>(table.rows(scene, REASON));
        if (shown < total) {
            rows.add(Row.of(Line.of("the first " + shown + " of " + Figures.count(total), Ink.FAINT).fit(scene.width())));
        }
        return rows;
    }

    /** The server's code, where its text does not begin with it anyway. */
    private static String code(JsonNode one) {
        String code = one.path("code").asText("");
        return code.isEmpty() || code.equals("null") || one.path("reason").asText("").startsWith(code) ? "" : code + " ";
    }
}
