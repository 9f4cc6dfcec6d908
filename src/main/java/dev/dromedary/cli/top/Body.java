package dev.dromedary.cli.top;

import java.util.List;

/**
 * What a view has to show.
 *
 * @param fixed   lines that stay while the others are scrolled
 * @param columns of the matrix that there are to scroll through
 */
record Body(List<Line> fixed, List<Line> lines, int columns) {
    static Body of(List<Line> lines) {
        return new Body(List.of(), lines, 0);
    }

    /** The heading of the table stays. */
    static Body of(Table table, int width, int wrap) {
        List<Line> lines = table.lines(width, wrap);
        return new Body(lines.subList(0, 1), lines.subList(1, lines.size()), 0);
    }
}
