package dev.dromedary.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dromedary.cli.top.Table.Column;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Each pool: whether it can be used, how much goes over it, and what its worst provider makes of it. */
final class PoolsPart {
    private static final int WHY = 3;

    private PoolsPart() {
    }

    /** @param rank of its trouble: 0 the worst */
    private record Pool(JsonNode node, String id, int rank, Line state, String why, Optional<Cell> worst, Flow flow) {
        double score() {
            return worst.map(Cell::score).orElse(Double.NaN);
        }

        long inFlight() {
            return node.path("in_flight").asLong();
        }
    }

    static Body body(Scene scene) {
        return Body.table(table(scene, scene.controls().order()).rows(scene, WHY));
    }

    static List<Row> glance(Scene scene) {
        return table(scene, "trouble").rows(scene, 1);
    }

    private static Table table(Scene scene, String order) {
        var table = new Table(Column.name("pool", 0), Column.name("state", 0), Column.number("conv.", 1), Column.number("delivered/s", 2), Column.number("deferred/s", 4), Column.number("bounced/s", 4),
                Column.number("each", 6), Column.name("worst score", 3), Column.name("server", 7), Column.text("what holds it back", 5));
        List<Cell> cells = scene.cells();
        Comparator<Pool> by = switch (order) {
            case "busy" -> Comparator.<Pool>comparingLong(pool -> -pool.inFlight()).thenComparingDouble(pool -> -pool.flow.attempts());
            case "score" -> Comparator.comparingDouble(Pool::score);
            case "name" -> Comparator.comparing(Pool::id);
            default -> Comparator.comparingInt(Pool::rank).thenComparingLong(pool -> -pool.inFlight());
        };
        scene.list(Call.STATUS, "pools").stream().map(node -> pool(node, cells, scene)).sorted(by.thenComparing(Pool::id)).forEach(pool -> table.about(Subject.of(Subject.Of.POOL, pool.id),
                Line.of(pool.id, Ink.STRONG), pool.state, Line.of(pool.inFlight() + "/" + pool.node.path("max_connections").asText()), Line.of(Figures.rate(pool.flow.delivered())),
                LanesPart.troubled(pool.flow.deferred(), Ink.WARN), LanesPart.troubled(pool.flow.bounced(), Ink.BAD),
                Line.of(pool.node.path("mean_seconds").isNumber() ? String.format(Locale.ROOT, "%.2fs", pool.node.path("mean_seconds").asDouble()) : Figures.NONE),
                pool.worst.map(cell -> Line.of(cell.scoreText() + " " + cell.provider(), Cell.scoreInk(cell.score()))).orElse(Line.of(Figures.NONE)),
                Line.of(pool.node.path("server").asText(), Ink.FAINT), Line.of(pool.why)));
        return table;
    }

    private static Pool pool(JsonNode node, List<Cell> all, Scene scene) {
        String id = node.path("id").asText();
        List<Cell> cells = all.stream().filter(cell -> cell.pool().equals(id)).toList();
        Optional<Cell> worst = cells.stream().filter(cell -> !Double.isNaN(cell.score())).min(Comparator.comparingDouble(Cell::score));
        Optional<JsonNode> hold = scene.list(Call.HOLDS, "holds").stream().filter(one -> one.path("kind").asText().equals("pool") && one.path("value").asText().equals(id)).findFirst();
        String health = node.path("health").asText("");
        long out = cells.stream().filter(cell -> cell.state() == Cell.State.EJECTED || cell.state() == Cell.State.HALTED).count();
        long slowed = cells.stream().filter(cell -> cell.state() == Cell.State.THROTTLED).count();
        String binding = node.path("binding").asText("");
        if (!health.equals("healthy")) {
            return new Pool(node, id, 0, Line.of(health, Ink.BAD), node.path("last_failure").asText(binding), worst, scene.rates().pool(id));
        }
        if (hold.isPresent()) {
            Instant end = Figures.instant(hold.get().path("expires"));
            String by = "until " + scene.until(end) + " by " + hold.get().path("by").asText() + ": " + hold.get().path("reason").asText();
            return new Pool(node, id, 1, Line.of(hold.get().path("state").asText("paused"), Ink.WARN), by, worst, scene.rates().pool(id));
        }
        String ejected = cells.stream().anyMatch(cell -> cell.state() == Cell.State.EJECTED) ? "ejected at " : "halted at ";
        Line state = out > 0 ? Line.of(ejected + out, Ink.BAD) : slowed > 0 ? Line.of("slowed at " + slowed, Ink.WARN) : Line.of("up", Ink.GOOD);
        String why = binding.isEmpty() ? cells.stream().filter(Cell::isHeldBack).min(Comparator.comparing(Cell::state)).map(cell -> cell.provider() + ": " + cell.why()).orElse("") : scene.text(binding);
        return new Pool(node, id, out > 0 ? 2 : slowed > 0 ? 3 : 4, state, why, worst, scene.rates().pool(id));
    }
}
