package dev.dromedary.report.page;

import dev.dromedary.report.page.Canvas.Anchor;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Lines over time. Where a value is NaN the line has a gap.
 *
 * @param unit of the values, written on the axis
 */
public record Chart(String id, String title, String unit, List<Instant> times, List<Line> lines) {
    static final int WIDTH = 760;
    static final int HEIGHT = 250;
    static final int FONT = 13;
    private static final int LEFT = 62;
    private static final int RIGHT = 14;
    private static final int TOP = 44;
    private static final int BOTTOM = 30;
    private static final int SCALE = 2;
    private static final int TICKS = 4;
    private static final float[][] DASHES = {{}, {7, 3}, {2, 3}, {10, 4}};
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** @param values as many as there are times */
    public record Line(String name, double[] values) {
    }

    private boolean known() {
        return lines.stream().flatMapToDouble(line -> Arrays.stream(line.values())).anyMatch(Double::isFinite);
    }

    private double top() {
        double most = lines.stream().flatMapToDouble(line -> Arrays.stream(line.values())).filter(Double::isFinite).max().orElse(0);
        if (most <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        for (double nice : new double[] {1, 2, 4, 8, 10}) {
            if (nice * power >= most) {
                return nice * power;
            }
        }
        return 10 * power;
    }

    void draw(Canvas canvas) {
        double top = top();
        canvas.text(0, 14, title + ", " + unit, Ink.TEXT, Anchor.START);
        double x = LEFT;
        for (int i = 0; i < lines.size(); i++) {
            if (DASHES[i % 4].length == 0) {
                canvas.line(x, 29, x + 22, 29, Ink.line(i), 2);
            } else {
                canvas.path(new double[] {x, x + 22}, new double[] {29, 29}, Ink.line(i), DASHES[i % 4]);
            }
            canvas.text(x + 28, 33, lines.get(i).name(), Ink.MUTED, Anchor.START);
            x += 52 + Letters.width(lines.get(i).name(), FONT);
        }
        for (int i = 0; i <= TICKS; i++) {
            double y = y(top * i / TICKS, top);
            canvas.line(LEFT, y, WIDTH - RIGHT, y, Ink.GRID, 1);
            canvas.text(LEFT - 8, y + 4, number(top * i / TICKS), Ink.MUTED, Anchor.END);
        }
        if (!known()) {
            canvas.text((LEFT + WIDTH - RIGHT) / 2.0, (TOP + HEIGHT - BOTTOM) / 2.0, "no data", Ink.MUTED, Anchor.MIDDLE);
        }
        times(canvas);
        for (int i = 0; i < lines.size(); i++) {
            line(canvas, lines.get(i), Ink.line(i), DASHES[i % 4], top);
        }
    }

    private void times(Canvas canvas) {
        if (times.isEmpty()) {
            return;
        }
        boolean days = times.get(times.size() - 1).getEpochSecond() - times.get(0).getEpochSecond() > 2 * 86_400;
        int marks = Math.min(6, times.size());
        for (int i = 0; i < marks; i++) {
            int at = marks == 1 ? 0 : (int) Math.round((double) i * (times.size() - 1) / (marks - 1));
            Anchor anchor = i == marks - 1 && marks > 1 ? Anchor.END : i == 0 ? Anchor.START : Anchor.MIDDLE;
            canvas.text(x(at), HEIGHT - 10, (days ? DAY : HOUR).format(times.get(at)) + (i == 0 ? " UTC" : ""), Ink.MUTED, anchor);
        }
    }

    private void line(Canvas canvas, Line line, Ink ink, float[] dash, double top) {
        var run = new ArrayList<Integer>();
        for (int i = 0; i <= line.values().length; i++) {
            if (i < line.values().length && Double.isFinite(line.values()[i])) {
                run.add(i);
                continue;
            }
            if (run.size() == 1) {
                canvas.dot(x(run.get(0)), y(line.values()[run.get(0)], top), ink);
            } else if (run.size() > 1) {
                canvas.path(run.stream().mapToDouble(this::x).toArray(), run.stream().mapToDouble(at -> y(line.values()[at], top)).toArray(), ink, dash);
            }
            run.clear();
        }
    }

    private double x(int at) {
        return times.size() < 2 ? (LEFT + WIDTH - RIGHT) / 2.0 : LEFT + (double) at * (WIDTH - RIGHT - LEFT) / (times.size() - 1);
    }

    private static double y(double value, double top) {
        return HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.3g", value).replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    /** In words, for those who do not see it. */
    public String description() {
        if (lines.isEmpty()) {
            return "no data.";
        }
        var out = new ArrayList<String>();
        for (Line line : lines) {
            double[] known = Arrays.stream(line.values()).filter(Double::isFinite).toArray();
            out.add(line.name() + ": " + (known.length == 0 ? "no data" : "from " + number(round(Arrays.stream(known).min().orElse(0))) + " to "
                    + number(round(Arrays.stream(known).max().orElse(0))) + ", last " + number(round(known[known.length - 1])) + " " + unit));
        }
        return String.join("; ", out) + ".";
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    public String svg() {
        var canvas = new SvgCanvas(id, title + ", " + unit, description());
        draw(canvas);
        return canvas.end();
    }

    /** As wide as {@link #WIDTH}, for whoever has a graphics at hand. */
    void draw(Graphics2D graphics) {
        draw(new PictureCanvas(graphics));
    }

    public byte[] png() {
        var picture = new BufferedImage(WIDTH * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.scale(SCALE, SCALE);
        draw(graphics);
        graphics.dispose();
        try (var out = new ByteArrayOutputStream()) {
            ImageIO.setUseCache(false);
            ImageIO.write(picture, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String pngBase64() {
        return Base64.getEncoder().encodeToString(png());
    }
}
