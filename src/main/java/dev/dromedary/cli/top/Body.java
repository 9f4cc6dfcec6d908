package dev.dromedary.cli.top;

import java.util.List;

/**
 * What a view has to show.
 *
 * @param fixed   rows that stay while the others are scrolled
 * @param columns of the matrix that there are to scroll through
 */
record Body(List<Row> fixed, List<Row> rows, int columns) {
    static Body of(List<Row> rows) {
        return new Body(List.of(), rows, 0);
    }

    static Body of(Row row) {
        return of(List.of(row));
    }

    /** @param rows of a table, whose heading stays */
    static Body table(List<Row> rows) {
        int headings = rows.isEmpty() || !rows.get(0).heading() ? 0 : 1;
        return new Body(rows.subList(0, headings), rows.subList(headings, rows.size()), 0);
    }
}
