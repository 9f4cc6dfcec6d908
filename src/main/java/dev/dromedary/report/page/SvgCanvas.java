package dev.dromedary.report.page;

import java.util.Locale;

/** Writes SVG. All text is escaped. */
final class SvgCanvas implements Canvas {
    private final StringBuilder out = new StringBuilder();

    SvgCanvas(String id, String title, String description) {
        out.append(form("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-t %s-d\" font-family=\"Liberation Sans, Arial, sans-serif\""
                + " font-size=\"%d\"><title id=\"%s-t\">%s</title><desc id=\"%s-d\">%s</desc>", Chart.WIDTH, Chart.HEIGHT, id, id, Chart.FONT, id, Markup.escaped(title), id, Markup.escaped(description)));
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Ink ink, double width) {
        out.append(form("<line class=\"s%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"/>", ink.style(), x1, y1, x2, y2, ink.hex(), width));
    }

    @Override
    public void path(double[] xs, double[] ys, Ink ink, float[] dash) {
        out.append("<polyline class=\"s").append(ink.style()).append("\" fill=\"none\" stroke-width=\"2\" stroke-linejoin=\"round\" stroke=\"").append(ink.hex()).append('"');
        if (dash.length > 0) {
            out.append(form(" stroke-dasharray=\"%.0f %.0f\"", dash[0], dash[1]));
        }
        out.append(" points=\"");
        for (int i = 0; i < xs.length; i++) {
            out.append(form("%.1f,%.1f ", xs[i], ys[i]));
        }
        out.append("\"/>");
    }

    @Override
    public void dot(double x, double y, Ink ink) {
        out.append(form("<circle class=\"f%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"%s\"/>", ink.style(), x, y, ink.hex()));
    }

    @Override
    public void bar(double x, double y, double width, double height, Ink ink) {
        out.append(form("<rect class=\"f%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>", ink.style(), x, y, width, height, ink.hex()));
    }

    @Override
    public void text(double x, double y, String text, Ink ink, Anchor anchor) {
        out.append(form("<text class=\"f%s\" x=\"%.1f\" y=\"%.1f\" fill=\"%s\" text-anchor=\"%s\">", ink.style(), x, y, ink.hex(), anchor.name().toLowerCase(Locale.ROOT)))
                .append(Markup.escaped(text)).append("</text>");
    }

    String end() {
        return out.append("</svg>").toString();
    }

    private static String form(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
