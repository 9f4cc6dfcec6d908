package dev.dromedary.cli.top;

import java.util.ArrayList;
import java.util.List;

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
    private record Part(View view, List<Line> lines) {
        /** @return at most so many lines, the last of which says how many are missing */
        List<Line> cut(int most) {
            if (lines.size() <= most || most < 1) {
                return lines.subList(0, Math.min(lines.size(), Math.max(0, most)));
            }
            int kept = Math.max(0, most - 1);
            var out = new ArrayList<>(lines.subList(0, kept));
            out.add(Line.of("... " + (lines.size() - kept) + " more: press " + (view.ordinal() + 1), Ink.FAINT));
            return out;
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
        return Body.of(shared(parts, page));
    }

    private static Body twoColumns(Scene whole, int page) {
        int width = (whole.width() - GAP) / 2;
        Scene scene = new Scene(whole.snapshot(), whole.controls(), width, whole.height(), whole.now(), whole.zone());
        var parts = new ArrayList<Part>();
        part(parts, View.ALERTS, AlertsPart.glance(whole));
        List<Line> above = shared(parts, page == Integer.MAX_VALUE ? page : page / 3);
        int rest = page == Integer.MAX_VALUE ? page : page - above.size() - 1;
        var left = new ArrayList<Part>();
        part(left, View.LANES, LanesPart.busy(scene));
        part(left, View.POOLS, PoolsPart.glance(scene));
        var right = new ArrayList<Part>();
        part(right, View.MATRIX, MatrixPart.glance(scene));
        part(right, View.MATRIX, MatrixPart.heldBack(scene));
        List<Line> ofLeft = shared(left, rest);
        List<Line> ofRight = shared(right, rest);
        var lines = new ArrayList<>(above);
        if (!above.isEmpty()) {
            lines.add(new Line());
        }
        for (int i = 0; i < Math.max(ofLeft.size(), ofRight.size()); i++) {
            lines.add(new Line().add((i < ofLeft.size() ? ofLeft.get(i) : new Line()).pad(width)).add(" ".repeat(GAP)).add(i < ofRight.size() ? ofRight.get(i) : new Line()));
        }
        return Body.of(lines);
    }

    private static void part(List<Part> parts, View view, List<Line> lines) {
        if (!lines.isEmpty()) {
            parts.add(new Part(view, lines));
        }
    }

    /** What one part does not need goes to the others. */
    private static List<Line> shared(List<Part> parts, int page) {
        int needed = parts.stream().mapToInt(part -> part.lines.size()).sum();
        boolean gaps = page == Integer.MAX_VALUE || needed + parts.size() - 1 <= page || page >= parts.size() * (LEAST + 3);
        int room = page == Integer.MAX_VALUE ? page : page - (gaps ? parts.size() - 1 : 0);
        int[] given = new int[parts.size()];
        boolean more = true;
        for (int left = Math.min(room, needed); left > 0 && more;) {
            more = false;
            for (int i = 0; i < given.length && left > 0; i++) {
                if (given[i] < parts.get(i).lines.size()) {
                    given[i]++;
                    left--;
                    more = true;
                }
            }
        }
        var lines = new ArrayList<Line>();
        for (int i = 0; i < given.length; i++) {
            if (i > 0 && gaps) {
                lines.add(new Line());
            }
            lines.addAll(parts.get(i).cut(given[i]));
        }
        return lines;
    }
}
