package dev.dromedary.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The lines above every view: which node, whether it is well, how fast it goes, and how much there is. */
final class Header {
    private static final int FOUR_IN_A_ROW = 150;
    private static final int TWO_IN_A_ROW = 46;
    private static final int LABEL = 10;
    private static final int RATE = 9;
    private static final int GAP = 3;
    private static final int MOST_BARS = 60;
    private static final double SECONDS = 60;

    private Header() {
    }

    static List<Line> lines(Scene scene) {
        var lines = new ArrayList<Line>();
        lines.add(title(scene));
        lines.addAll(rates(scene));
        lines.add(amounts(scene));
        return lines;
    }

    private static Line title(Scene scene) {
        JsonNode node = scene.of(Call.NODE);
        var left = Line.of("dromedary", Ink.TITLE).add(filter(scene.controls().focus())).add(node.has("version") ? " " + node.path("version").asText() : "");
        String name = node.path("node").asText(scene.of(Call.THROUGHPUT).path("node").asText(""));
        left.add(name.isEmpty() ? "" : "  ").add(name, Ink.STRONG);
        if (node.has("started")) {
            left.add("  up " + scene.since(node.path("started")));
        }
        if (node.has("ready")) {
            left.add("  ").add(node.path("ready").asBoolean() ? Line.of("ready", Ink.GOOD) : Line.of("NOT READY: " + down(node), Ink.BAD));
        }
        var right = new Line();
        if (scene.height() > 0) {
            right.add(scene.controls().paused() ? Line.of("PAUSED", Ink.WARN) : Line.of("every " + Figures.lasting(scene.controls().interval().toSeconds()), Ink.FAINT)).add("  ");
        }
        right.add(Figures.clock(scene.now(), scene.zone()) + " " + zone(scene));
        return sides(left, right, scene.width());
    }

    /** Right after the name, so that it is seen however narrow the terminal is: it hides rows. */
    private static Line filter(Focus focus) {
        return focus.filter().isEmpty() && !focus.typing() ? new Line() : Line.of(" ").add("/" + focus.filter() + (focus.typing() ? "_" : ""), Ink.ALARM);
    }

    private static String zone(Scene scene) {
        return scene.zone().getId().equals("Z") ? "UTC" : java.time.format.DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(scene.now().atZone(scene.zone()));
    }

    private static String down(JsonNode node) {
        return Scene.list(node.path("down")).stream().map(check -> check.path("name").asText() + ": " + check.path("message").asText("down"))
                .reduce((a, b) -> a + "; " + b).orElse("unknown");
    }

    /** The right side stays, as far as there is room for it beside something of the left. */
    static Line sides(Line left, Line right, int width) {
        int room = width - right.width() - 2;
        return room < Math.min(left.width(), width / 2) ? left.fit(width) : new Line().add(left.fit(room)).add(" ".repeat(width - right.width() - Math.min(room, left.width()))).add(right);
    }

    private static List<Line> rates(Scene scene) {
        Flow now = scene.rates().total();
        int row = scene.width() >= FOUR_IN_A_ROW ? 4 : scene.width() >= TWO_IN_A_ROW ? 2 : 1;
        int room = (scene.width() - GAP * (row - 1)) / row;
        List<Line> blocks = List.of(
                block("accepted", now.accepted(), Ink.ACCENT, scene, room, "accepted"), block("delivered", now.delivered(), Ink.GOOD, scene, room, "delivered"),
                block("deferred", now.deferred(), Ink.WARN, scene, room, "deferred"), block("bounced", now.bounced(), Ink.BAD, scene, room, "bounced"));
        var lines = new ArrayList<Line>();
        for (int i = 0; i < blocks.size(); i += row) {
            var line = new Line();
            for (int j = i; j < i + row; j++) {
                line.add(j == i ? "" : " ".repeat(GAP)).add(blocks.get(j).pad(room));
            }
            lines.add(line);
        }
        return lines;
    }

    private static Line block(String name, double rate, Ink ink, Scene scene, int room, String series) {
        boolean some = rate > 0;
        var line = Line.of(name, Ink.FAINT).pad(LABEL).add(Line.of(Figures.rate(rate) + "/s", some ? ink : Ink.PLAIN).pad(RATE, true));
        int bars = Math.min(MOST_BARS, room - LABEL - RATE - 2);
        return bars < 3 ? line : line.add("  ").add(Spark.of(minutes(scene, series), bars), ink);
    }

    /** Messages a second, minute by minute, without the minute that is not over. */
    static double[] minutes(Scene scene, String series) {
        JsonNode history = scene.of(Call.HISTORY);
        List<JsonNode> times = Scene.list(history.path("times"));
        JsonNode counts = history.path("series").path(0).path(series);
        int length = times.size();
        Instant last = length == 0 ? null : Figures.instant(times.get(length - 1));
        if (last != null && last.plusSeconds((long) SECONDS).isAfter(scene.now())) {
            length--;
        }
        ToDoubleFunction<JsonNode> rate = count -> count.isNumber() ? count.asDouble() / SECONDS : Double.NaN;
        double[] out = new double[length];
        for (int i = 0; i < length; i++) {
            out[i] = rate.applyAsDouble(counts.path(i));
        }
        return out;
    }

    private static Line amounts(Scene scene) {
        long queued = 0;
        long waiting = 0;
        long oldest = -1;
        String of = "";
        for (JsonNode lane : scene.list(Call.LANES, "lanes")) {
            queued += lane.path("queued").asLong() + lane.path("under_way").asLong();
            waiting += lane.path("waiting").asLong();
            if (lane.path("oldest_seconds").asLong(-1) > oldest) {
                oldest = lane.path("oldest_seconds").asLong();
                of = lane.path("provider").asText();
            }
        }
        boolean outside = scene.of(Call.LANES).has("queues");
        JsonNode dead = scene.of(Call.STATUS).path("dead_letters");
        var line = new Line();
        if (scene.snapshot().has(Call.LANES)) {
            amount(line, "on lanes", outside ? Figures.NONE : Figures.count(queued), Ink.STRONG);
            amount(line, "waiting", Figures.count(waiting), Ink.STRONG);
            amount(line, "oldest", oldest(scene, oldest, of), oldest >= 600 ? Ink.WARN : Ink.STRONG);
        }
        amount(line, "dead", Figures.count(dead), Ink.STRONG);
        int all = AlertsPart.count(scene, false);
        int critical = AlertsPart.count(scene, true);
        return line.add(all == 0 ? Line.of("all quiet", Ink.GOOD) : alarms(critical, all - critical));
    }

    private static Line alarms(int critical, int others) {
        var line = new Line();
        if (critical > 0) {
            line.add(critical + " critical", Ink.ALARM);
        }
        return others == 0 ? line : line.add(line.isEmpty() ? "" : "  ").add(others + (others == 1 ? " warning" : " warnings"), Ink.WARN);
    }

    /** Of the queues; where they are empty, of what waits, whose age is known by its column. */
    private static String oldest(Scene scene, long seconds, String provider) {
        if (seconds >= 0) {
            return Figures.lasting(seconds) + " " + provider;
        }
        List<JsonNode> ages = Scene.list(scene.of(Call.LANES).path("ages"));
        for (int i = ages.size() - 1; i >= 0; i--) {
            for (JsonNode lane : scene.list(Call.LANES, "lanes")) {
                if (lane.path("by_age").path(i).asLong() > 0) {
                    return ages.get(i).asText() + " " + lane.path("provider").asText();
                }
            }
        }
        return Figures.NONE;
    }

    private static void amount(Line line, String name, String value, Ink ink) {
        line.add(name + " ", Ink.FAINT).add(value, ink).add("   ");
    }
}
