package dev.dromedary.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * All that a screen is drawn from.
 *
 * @param now    by the clock of the program that is looked at
 * @param height of the terminal; 0 where there is no end to it
 */
record Scene(Snapshot snapshot, Controls controls, int width, int height, Instant now, ZoneId zone) {
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z");

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    JsonNode of(Call call) {
        return snapshot.of(call);
    }

    List<JsonNode> list(Call call, String field) {
        return list(of(call).path(field));
    }

    /** The answer about something that was opened; missing while there is none. */
    JsonNode detail(String path) {
        return snapshot.details().getOrDefault(path, MissingNode.getInstance());
    }

    /** The same with every row, none of them selected. */
    Scene unselected() {
        return new Scene(snapshot, controls.unfocused(), width, height, now, zone);
    }

    Rates rates() {
        return snapshot.rates();
    }

    String until(@Nullable Instant at) {
        return Figures.until(at, now, zone);
    }

    String since(JsonNode at) {
        return Figures.since(Figures.instant(at), now);
    }

    /** With the moments in it as this screen writes them. */
    String text(String of) {
        return MOMENT.matcher(of).replaceAll(found -> Figures.time(Figures.instant(TextNode.valueOf(found.group())), now, zone));
    }

    List<Cell> cells() {
        return Cell.all(this);
    }
}
