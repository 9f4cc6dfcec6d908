package dev.dromedary.cli.top;

import java.util.List;

/** A line of a view. @param heading whether it only names what is below it */
record Row(Line line, boolean heading) {
    static Row of(Line line) {
        return new Row(line, false);
    }

    static Row heading(Line line) {
        return new Row(line, true);
    }

    static Row blank() {
        return of(new Line());
    }

    /** Without the headings that stand alone at the end. */
    static List<Row> supported(List<Row> rows) {
        int end = rows.size();
        while (end > 0 && (rows.get(end - 1).heading || rows.get(end - 1).line.isEmpty())) {
            end--;
        }
        return rows.subList(0, end);
    }
}
