package dev.dromedary.cli.top;

import dev.dromedary.cli.top.Subject.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows in columns. Columns with nothing in them are left out. Where there is no room for all columns, those that matter least are left out; one may take all the room that is left. */
final class Table {
    private static final int GAP = 2;
    private static final int NARROWEST = 3;
    private static final int LEAST_TEXT = 24;
    private final List<Column> columns;
    private final List<List<Line>> rows = new ArrayList<>();
    private final List<@Nullable Subject> subjects = new ArrayList<>();

    /**
     * @param rank 0 stays in any case; the higher the rank, the sooner the column is left out, with all others of its rank
     * @param text whether it takes the room that is left, and may go on over several lines
     */
    record Column(String title, boolean right, int rank, boolean text) {
        static Column name(String title, int rank) {
            return new Column(title, false, rank, false);
        }

        static Column number(String title, int rank) {
            return new Column(title, true, rank, false);
        }

        static Column text(String title, int rank) {
            return new Column(title, false, rank, true);
        }
    }

    Table(Column... columns) {
        this.columns = List.of(columns);
    }

    Table row(Line... cells) {
        return about(null, cells);
    }

    /** A row that can be selected; a second one about the same cannot. */
    Table about(@Nullable Subject subject, Line... cells) {
        subjects.add(subjects.contains(subject) ? null : subject);
        rows.add(List.of(cells));
        return this;
    }

    /** Without the rows that the filter hides. */
    private Table seen(Focus focus) {
        var seen = new Table(columns.toArray(Column[]::new));
        for (int i = 0; i < rows.size(); i++) {
            if (focus.passes(rows.get(i).stream().map(Line::plain).collect(Collectors.joining(" ")))) {
                seen.about(subjects.get(i), rows.get(i).toArray(Line[]::new));
            }
        }
        return seen;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** @param wrap lines that a text may take; @return the heading, then the rows that the filter lets through, none wider than the scene; nothing where there are no rows */
    List<Row> rows(Scene scene, int wrap) {
        Focus focus = scene.controls().focus();
        Table seen = focus.filter().isEmpty() ? this : seen(focus);
        return seen.rows.isEmpty() ? List.of() : focus.mark() == null ? seen.laidOut(scene.width(), wrap) : seen.laidOut(scene.width() - GAP, wrap).stream().map(row -> pointed(row, focus, scene.width())).toList();
    }

    /** With a margin for the mark. */
    private static Row pointed(Row row, Focus focus, int width) {
        boolean here = row.marks().stream().anyMatch(focus::isOn);
        Line line = Line.of(here ? "> " : "  ", Ink.STRONG).add(row.line());
        return new Row(here ? line.pad(width).in(Ink.BAR) : line, row.heading(), row.marks());
    }

    private List<Row> laidOut(int width, int wrap) {
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            if (columns.get(i).rank == 0 || rows.stream().anyMatch(row -> !row.get(column).isEmpty())) {
                shown.add(i);
            }
        }
        int[] widths = new int[columns.size()];
        for (int i : shown) {
            widths[i] = columns.get(i).text ? Math.min(natural(i), LEAST_TEXT) : natural(i);
        }
        while (needed(shown, widths) > width && shown.stream().anyMatch(i -> columns.get(i).rank > 0)) {
            int last = shown.stream().mapToInt(i -> columns.get(i).rank).max().orElseThrow();
            shown.removeIf(i -> columns.get(i).rank == last);
        }
        squeeze(shown, widths, width);
        for (int i : shown) {
            if (columns.get(i).text) {
                widths[i] = Math.max(widths[i], Math.min(natural(i), widths[i] + width - needed(shown, widths)));
            }
        }
        var out = new ArrayList<Row>();
        out.add(Row.heading(join(shown, widths, shown.stream().map(i -> Line.of(columns.get(i).title, i == 0 ? Ink.TITLE : Ink.FAINT)).toList()).fit(width)));
        for (int i = 0; i < rows.size(); i++) {
            Subject subject = subjects.get(i);
            add(out, rows.get(i), subject == null ? null : new Mark(columns.get(0).title, subject), shown, widths, width, wrap);
        }
        return out;
    }

    private int natural(int column) {
        int most = SafeText.width(columns.get(column).title);
        for (List<Line> row : rows) {
            most = Math.max(most, row.get(column).width());
        }
        return most;
    }

    private static int needed(List<Integer> shown, int[] widths) {
        return shown.stream().mapToInt(i -> widths[i]).sum() + GAP * (shown.size() - 1);
    }

    /** Takes from the widest until all fit. */
    private static void squeeze(List<Integer> shown, int[] widths, int width) {
        while (needed(shown, widths) > width) {
            int widest = shown.stream().max(Comparator.comparingInt(i -> widths[i])).orElseThrow();
            if (widths[widest] <= NARROWEST) {
                return;
            }
            widths[widest]--;
        }
    }

    private void add(List<Row> out, List<Line> row, @Nullable Mark mark, List<Integer> shown, int[] widths, int width, int wrap) {
        var first = new ArrayList<Line>();
        List<Line> more = List.of();
        int before = 0;
        int indent = 0;
        for (int i : shown) {
            if (columns.get(i).text) {
                List<Line> parts = row.get(i).wrap(widths[i], wrap);
                first.add(parts.get(0));
                more = parts.subList(1, parts.size());
                indent = before;
            } else {
                first.add(row.get(i));
            }
            before += widths[i] + GAP;
        }
        out.add(new Row(join(shown, widths, first).fit(width), false, mark == null ? List.of() : List.of(mark)));
        for (Line part : more) {
            out.add(Row.of(Line.of(" ".repeat(indent)).add(part).fit(width)));
        }
    }

    private Line join(List<Integer> shown, int[] widths, List<Line> cells) {
        var line = new Line();
        for (int i = 0; i < shown.size(); i++) {
            Column column = columns.get(shown.get(i));
            boolean last = i == shown.size() - 1 && !column.right;
            line.add(i == 0 ? "" : " ".repeat(GAP)).add(last ? cells.get(i).fit(widths[shown.get(i)]) : cells.get(i).pad(widths[shown.get(i)], column.right));
        }
        return line;
    }
}
