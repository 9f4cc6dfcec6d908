package dev.dromedary.cli.top;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The most important of everything, each part with its fair share of the lines there are. */
final class Overview {
    private static final int LEAST = 2;
    private static final int TWO_COLUMNS = 170;
    private static final int GAP = 3;
    /** On less, the marks of the matrix have to do. */
    private static final int ROOM_FOR_WHY = 22;

    private Overview() {
    }

    /** @param view where the rest of the part is seen */
    private record Part(View view, List<Row> rows) {
        /** @return at most so many rows; where some are missing, the last says so or, where it would be the only one below the heading, the heading does */
        List<Row> cut(int most, int width) {
            if (rows.size() <= most || most < 1) {
                return rows.subList(0, Math.min(rows.size(), Math.max(0, most)));
            }
            int headings = rows.get(0).heading() ? 1 : 0;
            if (most <= headings) {
                return List.of(Row.of(Line.of(view.id() + "  ", Ink.TITLE).add(more(rows.size() - headings, ""), Ink.FAINT)));
            }
            boolean told = most > headings + 1;
            var out = new ArrayList<>(rows.subList(0, told ? most - 1 : most));
            if (told) {
                out.add(Row.of(Line.of("... " + more(rows.size() - most + 1, " more"), Ink.FAINT)));
            } else {
                out.set(0, beside(rows.get(0), more(rows.size() - most, " more"), width));
            }
            return out;
        }

        private String more(int rows, String word) {
            return rows + word + ": press " + (view.ordinal() + 1);
        }

        /** Where there is room for it. */
        private static Row beside(Row heading, String text, int width) {
            int room = width - heading.line().width() - SafeText.width(text);
            return room < 2 ? heading : Row.heading(new Line().add(heading.line()).add(" ".repeat(room)).add(text, Ink.FAINT));
        }
    }

    /** @param page lines that there are */
    static Body body(Scene scene, int page) {
        if (scene.width() >= TWO_COLUMNS) {
            return twoColumns(scene, page);
        }
        var parts = new ArrayList<Part>();
        part(parts, View.ALERTS, AlertsPart.glance(scene));
        part(parts, View.LANES, LanesPart.busy(scene));
        part(parts, View.MATRIX, MatrixPart.glance(scene));
        if (page >= ROOM_FOR_WHY) {
            part(parts, View.MATRIX, MatrixPart.heldBack(scene));
        }
        part(parts, View.POOLS, PoolsPart.glance(scene));
        return Body.of(shared(parts, page, scene.width()));
    }

    private static Body twoColumns(Scene whole, int page) {
        int width = (whole.width() - GAP) / 2;
        Scene scene = new Scene(whole.snapshot(), whole.controls(), width, whole.height(), whole.now(), whole.zone());
        var parts = new ArrayList<Part>();
        part(parts, View.ALERTS, AlertsPart.glance(whole));
        List<Row> above = shared(parts, page == Integer.MAX_VALUE ? page : page / 3, whole.width());
        int rest = page == Integer.MAX_VALUE ? page : page - above.size() - 1;
        var left = new ArrayList<Part>();
        part(left, View.LANES, LanesPart.busy(scene));
        part(left, View.POOLS, PoolsPart.glance(scene));
        var right = new ArrayList<Part>();
        part(right, View.MATRIX, MatrixPart.glance(scene));
        part(right, View.MATRIX, MatrixPart.heldBack(scene));
        List<Row> ofLeft = shared(left, rest, width);
        List<Row> ofRight = shared(right, rest, width);
        var rows = new ArrayList<>(above);
        if (!above.isEmpty()) {
            rows.add(Row.blank());
        }
        for (int i = 0; i < Math.max(ofLeft.size(), ofRight.size()); i++) {
            rows.add(beside(i < ofLeft.size() ? ofLeft.get(i) : Row.blank(), i < ofRight.size() ? ofRight.get(i) : Row.blank(), width));
        }
        return Body.of(rows);
    }

    private static Row beside(Row left, Row right, int width) {
        return new Row(new Line().add(left.line().pad(width)).add(" ".repeat(GAP)).add(right.line()), false, Stream.concat(left.marks().stream(), right.marks().stream()).toList());
    }

    private static void part(List<Part> parts, View view, List<Row> rows) {
        if (!rows.isEmpty()) {
            parts.add(new Part(view, rows));
        }
    }

    /** What one part does not need goes to the others. */
    private static List<Row> shared(List<Part> parts, int page, int width) {
        int needed = parts.stream().mapToInt(part -> part.rows.size()).sum();
        boolean gaps = page == Integer.MAX_VALUE || needed + parts.size() - 1 <= page || page >= parts.size() * (LEAST + 3);
        int room = page == Integer.MAX_VALUE ? page : page - (gaps ? parts.size() - 1 : 0);
        int[] given = new int[parts.size()];
        boolean more = true;
        for (int left = Math.min(room, needed); left > 0 && more;) {
            more = false;
            for (int i = 0; i < given.length && left > 0; i++) {
                if (given[i] < parts.get(i).rows.size()) {
                    given[i]++;
                    left--;
                    more = true;
                }
            }
        }
        var rows = new ArrayList<Row>();
        for (int i = 0; i < given.length; i++) {
            if (i > 0 && gaps) {
                rows.add(Row.blank());
            }
            rows.addAll(parts.get(i).cut(given[i], width));
        }
        return rows;
    }
}
