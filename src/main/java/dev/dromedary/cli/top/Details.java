package dev.dromedary.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.dromedary.cli.top.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that the API has about the row that was opened. */
final class Details {
    private static final int TEXT = 8;

    private Details() {
    }

    static Body body(Scene whole, Subject of) {
        Scene scene = whole.unselected();
        return new Body(List.of(Row.of(title(scene, of)), Row.blank()), switch (of.of()) {
            case LANE -> lane(scene, of);
            case POOL -> pool(scene, of);
            case PAIR -> pair(scene, of);
            case ALERT -> alert(scene, of);
            case WARNING -> warning(scene, of);
            case PROBLEM -> Line.of(of.name()).wrap(scene.width(), TEXT).stream().map(Row::of).toList();
            case MAIL -> MessageDetails.rows(scene, of);
        }, 0);
    }

    private static Line title(Scene scene, Subject of) {
        String name = switch (of.of()) {
            case LANE -> "lane " + of.name();
            case POOL -> "pool " + of.name();
            case PAIR -> "pool " + of.pool() + " towards " + of.name();
            case ALERT -> "alert";
            case WARNING -> "early warning";
            case PROBLEM -> "problem";
            case MAIL -> "message " + of.name();
        };
        return Line.of(name, Ink.TITLE).fit(scene.width());
    }

    private static List<Row> lane(Scene scene, Subject of) {
        Optional<JsonNode> found = scene.list(Call.LANES, "lanes").stream().filter(one -> one.path("provider").asText().equals(of.name())).findFirst();
        Flow flow = scene.rates().provider(of.name());
        var facts = new Facts(scene);
        found.ifPresent(lane -> {
            List<String> ages = Scene.list(scene.of(Call.LANES).path("ages")).stream().map(JsonNode::asText).toList();
            List<String> byAge = new ArrayList<>();
            for (int i = 0; i < ages.size(); i++) {
                byAge.add(Figures.count(lane.path("by_age").path(i)) + " of " + ages.get(i));
            }
            facts.add("held", scene.text(lane.path("hold").asText("")), Ink.WARN).add("queued", Figures.count(lane.path("queued")) + ", " + Figures.count(lane.path("under_way")) + " being sent")
                    .add("oldest", lane.path("oldest_seconds").isNumber() ? Figures.lasting(lane.path("oldest_seconds").asLong()) : "").add("waiting", Figures.count(lane.path("waiting")) + ": " + String.join(", ", byAge));
        });
        facts.add("now", rates(flow));
        List<Cell> cells = scene.cells().stream().filter(cell -> cell.provider().equals(of.name())).toList();
        return sections(facts.rows(), MatrixPart.table("provider", scene, cells).rows(scene, TEXT), reactions(scene, of.name(), ""), warnings(scene, of.name(), ""), replies(scene, of));
    }

    private static List<Row> pool(Scene scene, Subject of) {
        var facts = new Facts(scene);
        scene.list(Call.STATUS, "pools").stream().filter(one -> one.path("id").asText().equals(of.name())).findFirst().ifPresent(pool -> facts.add("server", pool.path("server").asText())
                .add("health", pool.path("health").asText()).add("last failure", pool.path("last_failure").asText("")).add("holds it back", scene.text(pool.path("binding").asText("")), Ink.WARN)
                .add("conversations", pool.path("in_flight").asText() + " of at most " + pool.path("max_connections").asText())
                .add("a message takes", pool.path("mean_seconds").isNumber() ? pool.path("mean_seconds").asText() + " s on average" : ""));
        scene.list(Call.HOLDS, "holds").stream().filter(one -> one.path("kind").asText().equals("pool") && one.path("value").asText().equals(of.name())).forEach(one -> facts.add(one.path("state").asText("paused"),
                "until " + scene.until(Figures.instant(one.path("expires"))) + " by " + one.path("by").asText() + ": " + one.path("reason").asText(), Ink.WARN));
        facts.add("now", rates(scene.rates().pool(of.name())));
        List<Cell> cells = scene.cells().stream().filter(cell -> cell.pool().equals(of.name())).toList();
        return sections(facts.rows(), MatrixPart.table("provider", scene, cells).rows(scene, TEXT), scores(scene, of));
    }

    private static List<Row> pair(Scene scene, Subject of) {
        var facts = new Facts(scene);
        scene.cells().stream().filter(cell -> cell.provider().equals(of.name()) && cell.pool().equals(of.pool())).findFirst().ifPresent(cell -> facts.add("state", cell.state().word, cell.state().ink)
                .add("why", cell.why()).add("until", scene.until(cell.until())).add("conversations", cell.conversations()).add("at most", Double.isNaN(cell.pace()) ? "" : Figures.pace(cell.pace())));
        facts.add("binds now", scene.list(Call.MATRIX, "cells").stream().filter(one -> one.path("provider").asText().equals(of.name()) && one.path("pool").asText().equals(of.pool()))
                .map(one -> scene.text(one.path("binding").asText(""))).filter(binding -> !binding.equals("null")).findFirst().orElse(""));
        facts.add("now", rates(scene.rates().pair(of.name(), of.pool())));
        return sections(facts.rows(), reactions(scene, of.name(), of.pool()), warnings(scene, of.name(), of.pool()), scores(scene, of), replies(scene, of));
    }

    private static String rates(Flow flow) {
        return Figures.rate(flow.delivered()) + "/s delivered, " + Figures.rate(flow.deferred()) + "/s deferred, " + Figures.rate(flow.bounced()) + "/s bounced";
    }

    private static List<Row> reactions(Scene scene, String provider, String pool) {
        var table = new Table(Column.name("reaction", 0), Column.name("pool", 1), Column.name("now", 0), Column.name("until", 0), Column.text("by the reply", 2));
        scene.list(Call.REACTIONS, "reactions").stream().filter(one -> concerns(one, provider, pool)).forEach(one -> table.row(Line.of(one.path("rule").asText()), Line.of(one.path("pool").asText()),
                Line.of(one.path("now").asText(one.path("action").asText()), Ink.WARN), Line.of(scene.until(Figures.instant(one.path("step_until")))), Line.of(one.path("cause").asText(), Ink.FAINT)));
        return table.rows(scene, TEXT);
    }

    private static List<Row> warnings(Scene scene, String provider, String pool) {
        var table = new Table(Column.name("early warning", 0), Column.name("pool", 1), Column.number("since", 0), Column.text("cause", 1));
        scene.list(Call.WARNINGS, "warnings").stream().filter(one -> concerns(one, provider, pool)).forEach(one -> table.row(Line.of(one.path("kind").asText(), Ink.WARN), Line.of(one.path("pool").asText("")),
                Line.of(scene.since(one.path("since"))), Line.of(one.path("cause").asText())));
        return table.rows(scene, TEXT);
    }

    private static boolean concerns(JsonNode one, String provider, String pool) {
        return one.path("provider").asText().equals(provider) && (pool.isEmpty() || one.path("pool").asText().equals(pool));
    }

    private static List<Row> scores(Scene scene, Subject of) {
        var table = new Table(Column.name("score with", 0), Column.number("score", 0), Column.text("why", 1));
        Scene.list(scene.detail(of.reputation()).path("reputations")).stream().filter(one -> one.hasNonNull("provider")).forEach(one -> table.row(Line.of(one.path("provider").asText(), Ink.STRONG),
                Line.of(String.format(java.util.Locale.ROOT, "%.2f", one.path("score").asDouble()), Cell.scoreInk(one.path("score").asDouble())), Line.of(one.path("text").asText())));
        return table.rows(scene, TEXT);
    }

    /** What the provider said of mail that waits, the first to go first. */
    private static List<Row> replies(Scene scene, Subject of) {
        var table = new Table(Column.name("waits", 0), Column.name("pool", 2), Column.number("try", 3), Column.name("next", 0), Column.text("last reply", 1));
        Scene.list(scene.detail(of.waiting()).path("deferred")).forEach(one -> table.row(Line.of(one.path("to").asText()), Line.of(one.path("pool").asText("")), Line.of(one.path("attempt").asText("")),
                Line.of(scene.until(Figures.instant(one.path("next_attempt")))), Line.of(one.path("reason").asText(""), Ink.FAINT)));
        return table.rows(scene, TEXT);
    }

    private static List<Row> alert(Scene scene, Subject of) {
        Optional<JsonNode> found = Stream.concat(scene.list(Call.ALERTS, "alerts").stream(), Scene.list(scene.detail(of.acknowledged()).path("alerts")).stream()).filter(one -> one.path("id").asText().equals(of.name())).findFirst();
        return found.map(alert -> {
            var facts = new Facts(scene).add("text", alert.path("text").asText()).add("severity", alert.path("severity").asText(), alert.path("severity").asText().equals("critical") ? Ink.BAD : Ink.WARN)
                    .add("rule", alert.path("rule").asText()).add("of", alert.path("subject").asText("")).add("since", moment(scene, alert.path("since"))).add("updated", moment(scene, alert.path("updated")))
                    .add("value", measured(alert, "value")).add("threshold", measured(alert, "threshold")).add("silenced", scene.until(Figures.instant(alert.path("silenced_until"))));
            Scene.list(alert.path("suggested")).forEach(todo -> facts.add("suggested", todo.asText(), Ink.ACCENT));
            String by = alert.path("acknowledged_by").asText("");
            return facts.add("acknowledged", by.isEmpty() ? "by nobody" : "by " + by + " " + moment(scene, alert.path("acknowledged_at")) + ": " + alert.path("acknowledged_reason").asText("")).rows();
        }).orElse(gone("it is neither open nor acknowledged any more"));
    }

    private static String measured(JsonNode alert, String field) {
        return alert.path(field).isNumber() ? alert.path(field).asText() + " " + alert.path("unit").asText("") : "";
    }

    private static List<Row> warning(Scene scene, Subject of) {
        return scene.list(Call.WARNINGS, "warnings").stream().filter(one -> one.path("id").asText().equals(of.name())).findFirst().map(one -> new Facts(scene).add("text", one.path("cause").asText())
                .add("kind", one.path("kind").asText()).add("severity", one.path("severity").asText(), Ink.WARN).add("pool", one.path("pool").asText("")).add("provider", one.path("provider").asText())
                .add("since", moment(scene, one.path("since"))).add("usual", one.path("usual").asText("")).add("volume now", Math.round(100 * one.path("share").asDouble(1)) + " % of the usual")
                .add("threshold", moment(scene, one.path("threshold_at"))).add("ends", scene.until(Figures.instant(one.path("end")))).rows()).orElse(gone("it is not open any more"));
    }

    static List<Row> gone(String text) {
        return List.of(Row.of(Line.of(text, Ink.FAINT)));
    }

    private static String moment(Scene scene, JsonNode at) {
        return at.isTextual() ? Figures.time(Figures.instant(at), scene.now(), scene.zone()) + " (" + scene.since(at) + " ago)" : "";
    }

    @SafeVarargs
    static List<Row> sections(List<Row>... sections) {
        return Stream.of(sections).filter(section -> !section.isEmpty()).reduce((a, b) -> Stream.of(a, List.of(Row.blank()), b).flatMap(List::stream).collect(Collectors.toList())).orElse(List.of());
    }
}
