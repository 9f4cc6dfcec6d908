package dev.dromedary.cli.top;

import dev.dromedary.cli.top.Subject.Mark;
import java.util.List;

/** A line of a view. @param heading whether it only names what is below it; @param marks of the rows of tables that begin in it, by which they can be selected */
record Row(Line line, boolean heading, List<Mark> marks) {
    static Row of(Line line) {
        return new Row(line, false, List.of());
    }

    static Row heading(Line line) {
        return new Row(line, true, List.of());
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
