package dev.dromedary.cli.top;

import dev.dromedary.cli.top.Subject.Spot;
import java.util.ArrayList;
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

    /** The rows that can be selected, in their order. */
    List<Spot> spots() {
        var spots = new ArrayList<Spot>();
        for (int i = 0; i < rows.size(); i++) {
            int at = i;
            rows.get(i).marks().forEach(mark -> spots.add(new Spot(mark, at)));
        }
        return spots;
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
