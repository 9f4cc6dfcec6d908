package dev.dromedary.report.page;

/** What a chart is drawn on. Lengths are in pixels from the upper left. */
interface Canvas {
    enum Anchor { START, MIDDLE, END }

    void line(double x1, double y1, double x2, double y2, Ink ink, double width);

    /** @param dash lengths of strokes and gaps, empty for none */
    void path(double[] xs, double[] ys, Ink ink, float[] dash);

    void dot(double x, double y, Ink ink);

    void bar(double x, double y, double width, double height, Ink ink);

    void text(double x, double y, String text, Ink ink, Anchor anchor);
}
