package dev.dromedary.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dromedary.cli.top.Table.Column;
import java.util.List;
import java.util.stream.Stream;

/** What happened to a message, from the first event on. */
final class MessageDetails {
    private static final int TEXT = 8;

    private MessageDetails() {
    }

    static List<Row> rows(Scene scene, Subject of) {
        JsonNode answer = scene.detail(of.message());
        var facts = new Facts(scene);
        Stream.concat(scene.list(Call.DEFERRED, "deferred").stream(), scene.list(Call.DEAD, "dead_letters").stream()).filter(one -> one.path("id").asText().equals(of.name())).findFirst().ifPresent(one -> facts
                .add("from", one.path("from").asText("")).add("to", one.path("to").asText()).add("stream", one.path("stream").asText("")).add("campaign", one.path("campaign").asText("")));
        var table = new Table(Column.name("at", 0), Column.name("event", 0), Column.number("try", 3), Column.name("provider", 4), Column.name("pool", 2), Column.name("next", 2), Column.text("reply", 1));
        answer.path("events").forEach(event -> table.row(Line.of(Figures.moment(Figures.instant(event.path("at")), scene.now(), scene.zone())), Line.of(event.path("event").asText(), ink(event.path("event").asText())),
                Line.of(text(event, "attempt")), Line.of(text(event, "provider")), Line.of(text(event, "pool")), Line.of(scene.until(Figures.instant(event.path("next_attempt")))), Line.of(reply(event), Ink.FAINT)));
        return Details.sections(facts.rows(), answer.has("events") ? table.rows(scene, TEXT) : Details.gone(unknown(scene, of)));
    }

    private static String unknown(Scene scene, Subject of) {
        return scene.snapshot().details().containsKey(of.message()) ? "no events of it are known" : scene.controls().paused() ? "not asked for while paused: press r" : "asking ...";
    }

    /** The code and the enhanced code, where the text does not begin with them anyway. */
    private static String reply(JsonNode event) {
        String detail = text(event, "detail");
        String codes = Stream.of("code", "enhanced").map(field -> text(event, field)).filter(code -> !code.isEmpty() && !detail.startsWith(code)).reduce("", (a, b) -> a + b + " ");
        return codes + detail;
    }

    private static String text(JsonNode event, String field) {
        return event.hasNonNull(field) ? event.path(field).asText() : "";
    }

    private static Ink ink(String event) {
        return switch (event) {
            case "delivered", "delivered-in-doubt" -> Ink.GOOD;
            case "deferred", "scheduled" -> Ink.WARN;
            case "bounced", "expired", "dead-lettered", "suppressed" -> Ink.BAD;
            default -> Ink.PLAIN;
        };
    }
}
