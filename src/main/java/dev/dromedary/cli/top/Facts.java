package dev.dromedary.cli.top;

import java.util.ArrayList;
import java.util.List;

/** Names and what they stand for, one below the other; what is empty, or null at the server, is left out. */
final class Facts {
    private static final int NAME = 17;
    private static final int MOST = 8;
    private final List<Row> rows = new ArrayList<>();
    private final int width;

    Facts(Scene scene) {
        this.width = scene.width();
    }

    Facts add(String name, String value) {
        return add(name, value, Ink.PLAIN);
    }

    Facts add(String name, String value, Ink ink) {
        if (!value.isBlank() && !value.equals("null")) {
            int left = Math.min(NAME, width / 3);
            List<Line> lines = Line.of(value, ink).wrap(width - left, MOST);
            for (int i = 0; i < lines.size(); i++) {
                rows.add(Row.of(Line.of(i == 0 ? name : "", Ink.FAINT).pad(left).add(lines.get(i))));
            }
        }
        return this;
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }
}
