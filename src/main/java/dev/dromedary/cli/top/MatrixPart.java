package dev.dromedary.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dromedary.cli.top.Table.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Each pool towards each provider: how much goes, what holds it back, why, and until when. */
final class MatrixPart {
    private static final int NARROWEST = 9;
    private static final int NAMES = 12;
    private static final int WHY = 4;

    private MatrixPart() {
    }

    static Body body(Scene scene) {
        List<Cell> cells = sorted(scene.cells(), scene.controls().order());
        if (cells.isEmpty()) {
            return Body.of(empty(scene));
        }
        var all = new ArrayList<>(grid(scene));
        all.add(Row.blank());
        all.addAll(table("pair", scene, cells).rows(scene, WHY));
        return new Body(List.of(), all, pools(scene).size());
    }

    static List<Row> glance(Scene scene) {
        return scene.cells().isEmpty() ? List.of(empty(scene)) : grid(scene);
    }

    private static Row empty(Scene scene) {
        return Row.of(Line.of("matrix  ", Ink.TITLE).add(scene.snapshot().has(Call.MATRIX) ? "no mail yet, and nothing is held back" : "not known", Ink.FAINT));
    }

    /** Those pairs that are held back, in a line each. */
    static List<Row> heldBack(Scene scene) {
        List<Cell> cells = sorted(scene.cells().stream().filter(Cell::isHeldBack).toList(), "trouble");
        return table("held back", scene, cells).rows(scene, 1);
    }

    /** @param first heading of the first column */
    static Table table(String first, Scene scene, List<Cell> cells) {
        var table = new Table(Column.name(first, 0), Column.name("pool", 0), Column.name("state", 0), Column.name("until", 1), Column.number("conv.", 4), Column.number("now/s", 5),
                Column.number("at most", 3), Column.number("score", 6), Column.text("why", 2));
        for (Cell cell : cells) {
            Ink ink = cell.isHeldBack() ? Ink.PLAIN : Ink.FAINT;
            table.about(Subject.pair(cell.provider(), cell.pool()), Line.of(cell.provider(), cell.isHeldBack() ? Ink.STRONG : Ink.PLAIN), Line.of(cell.pool()), Line.of(cell.state().word, cell.state().ink), Line.of(scene.until(cell.until()), cell.state().ink),
                    Line.of(cell.conversations()), Line.of(Figures.rate(cell.flow().attempts())), Line.of(Double.isNaN(cell.pace()) ? "" : Figures.pace(cell.pace()), Ink.WARN), Line.of(cell.scoreText(), Cell.scoreInk(cell.score())), Line.of(cell.why(), ink));
        }
        return table;
    }

    /** Providers down, pools across, as many as there is room for. */
    private static List<Row> grid(Scene scene) {
        List<String> pools = pools(scene);
        Map<String, Map<String, Cell>> rows = new LinkedHashMap<>();
        scene.cells().forEach(cell -> rows.computeIfAbsent(cell.provider(), provider -> new LinkedHashMap<>()).put(cell.pool(), cell));
        int left = Math.min(scene.controls().left(), Math.max(0, pools.size() - 1));
        var columns = new ArrayList<Column>();
        columns.add(Column.name("matrix", 0));
        List<String> shown = pools.subList(left, Math.max(left, Math.min(pools.size(), left + Math.max(1, (scene.width() - NAMES) / (NARROWEST + 2)))));
        // What there is no room for is left out from the right.
        for (int i = 0; i < shown.size(); i++) {
            columns.add(Column.name(shown.get(i), i));
        }
        var table = new Table(columns.toArray(Column[]::new));
        rows.forEach((provider, ofPools) -> {
            var row = new ArrayList<Line>();
            row.add(Line.of(provider, Ink.STRONG));
            shown.forEach(pool -> row.add(ofPools.containsKey(pool) ? mark(ofPools.get(pool), scene) : Line.of(Figures.NONE, Ink.FAINT)));
            table.about(Subject.of(Subject.Of.LANE, provider), row.toArray(Line[]::new));
        });
        List<Row> grid = new ArrayList<>(table.rows(scene, 1));
        if (shown.size() < pools.size()) {
            grid.add(Row.of(Line.of("pools " + (left + 1) + " and on of " + pools.size() + "; the others with the arrow keys in view 3", Ink.FAINT).fit(scene.width())));
        }
        return grid;
    }

    /** Attempts a second and conversations of what goes, the end of what does not. */
    private static Line mark(Cell cell, Scene scene) {
        String time = Figures.time(cell.until(), scene.now(), scene.zone());
        String now = Figures.rate(cell.flow().attempts());
        String conversations = " " + cell.conversations();
        boolean idle = cell.inFlight() == 0 && !(cell.flow().attempts() > 0);
        return switch (cell.state()) {
            case EJECTED, HALTED, PAUSED -> Line.of(cell.state().word + " " + time, cell.state().ink);
            case THROTTLED -> Line.of((Double.isNaN(cell.pace()) ? now + "/s" : now + " of " + Figures.pace(cell.pace())) + conversations, Ink.WARN);
            case FULL -> Line.of(now + "/s" + conversations + " full", Ink.WARN);
            case FREE -> idle ? Line.of("idle", Ink.FAINT) : Line.of(now + "/s" + conversations, Ink.GOOD);
        };
    }

    private static List<String> pools(Scene scene) {
        return scene.list(Call.MATRIX, "pools").stream().map(JsonNode::asText).toList();
    }

    private static List<Cell> sorted(List<Cell> cells, String order) {
        Comparator<Cell> by = switch (order) {
            case "busy" -> Comparator.<Cell>comparingLong(cell -> -cell.inFlight()).thenComparingDouble(cell -> -cell.flow().attempts());
            case "score" -> Comparator.comparingDouble(Cell::score);
            case "provider" -> Comparator.comparing(Cell::provider);
            case "pool" -> Comparator.comparing(Cell::pool);
            default -> Comparator.comparing(Cell::state).thenComparing(cell -> -cell.inFlight());
        };
        return cells.stream().sorted(by.thenComparing(Cell::provider).thenComparing(Cell::pool)).toList();
    }
}
