package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Answers about alerts as lines for people. */
final class AlertLines {
    private static final String END = System.lineSeparator();

    private AlertLines() {
    }

    static String list(JsonNode answer) {
        var out = new StringBuilder();
        answer.path("alerts").forEach(one -> {
            out.append(head(one)).append("  %s since %s%s%s%n".formatted(one.path("state").asText(), one.path("since").asText(),
                    one.path("acknowledged_by").isNull() ? "" : ", by " + one.path("acknowledged_by").asText() + ": " + one.path("acknowledged_reason").asText(), silenced(one)));
            if (!one.path("state").asText().equals("resolved")) {
                suggested(one, out);
            }
        });
        return out.append(answer.path("total").asLong()).append(" in all").append(END).toString();
    }

    static String whole(JsonNode one) {
        var out = new StringBuilder(head(one));
        String unit = one.path("unit").asText().isEmpty() ? "" : " " + one.path("unit").asText();
        out.append("  %s: %s, threshold %s%s%n".formatted(one.path("metric").asText(), known(one.path("value"), unit), known(one.path("threshold"), unit), silenced(one)));
        suggested(one, out);
        out.append("History").append(END).append("  %s bad%n".formatted(one.path("since").asText()));
        one.path("history").forEach(change -> out.append("  %s %s, %s: %s%s%n".formatted(change.path("at").asText(), change.path("state").asText(), change.path("severity").asText(),
                known(change.path("value"), unit), change.path("by").isNull() ? "" : ", by " + change.path("by").asText() + ": " + change.path("reason").asText())));
        out.append("Notices").append(END);
        if (one.path("notices").isEmpty()) {
            out.append("  nobody was told").append(END);
        }
        one.path("notices").forEach(notice -> out.append("  ").append(notice(notice)).append(END));
        return out.toString();
    }

    private static String notice(JsonNode one) {
        boolean waiting = one.path("state").asText().equals("waiting");
        return "%s %s to %s: %s%s, %d %s%s".formatted(one.path("made_at").asText(), one.path("kind").asText(), one.path("target").asText(), one.path("state").asText().replace('_', ' '),
                waiting ? " until " + one.path("next_at").asText() : " at " + one.path("done_at").asText(), one.path("attempts").asInt(), one.path("attempts").asInt() == 1 ? "attempt" : "attempts",
                one.path("answer").isNull() ? "" : "; " + one.path("answer").asText());
    }

    static String tests(JsonNode results) {
        var out = new StringBuilder();
        results.forEach(one -> out.append("%s: %s in %s s; %s%n".formatted(one.path("target").asText(), one.path("told").asBoolean() ? "told" : "NOT TOLD", one.path("seconds").asText(),
                one.path("answer").asText())));
        return out.toString();
    }

    private static String head(JsonNode one) {
        return "%s %s%s (%s)%n  %s%n".formatted(one.path("severity").asText().toUpperCase(Locale.ROOT), one.path("rule").asText(),
                one.path("subject").isNull() ? "" : " of " + one.path("subject").asText(), one.path("id").asText(), one.path("text").asText());
    }

    private static String silenced(JsonNode one) {
        return one.path("silenced_until").isNull() ? "" : ", silenced until " + one.path("silenced_until").asText();
    }

    private static void suggested(JsonNode one, StringBuilder out) {
        one.path("suggested").forEach(what -> out.append("  -> ").append(what.asText()).append(END));
    }

    private static String known(JsonNode number, String unit) {
        return number.isNull() ? "not known" : new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number.asDouble()) + unit;
    }
}
