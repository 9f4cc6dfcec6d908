package dev.dromedary.report.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Draws with Java 2D, on a picture or a page of PDF. Text is drawn as shapes, so that no font of the machine is needed. */
final class PictureCanvas implements Canvas {
    private final Graphics2D graphics;

    PictureCanvas(Graphics2D graphics) {
        this.graphics = graphics;
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.WHITE);
        graphics.fill(new Rectangle2D.Double(0, 0, Chart.WIDTH, Chart.HEIGHT));
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Ink ink, double width) {
        graphics.setColor(ink.color());
        graphics.setStroke(new BasicStroke((float) width));
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    @Override
    public void path(double[] xs, double[] ys, Ink ink, float[] dash) {
        graphics.setColor(ink.color());
        graphics.setStroke(dash.length == 0 ? new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
                : new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0));
        var path = new Path2D.Double();
        path.moveTo(xs[0], ys[0]);
        for (int i = 1; i < xs.length; i++) {
            path.lineTo(xs[i], ys[i]);
        }
        graphics.draw(path);
    }

    @Override
    public void dot(double x, double y, Ink ink) {
        graphics.setColor(ink.color());
        graphics.fill(new Ellipse2D.Double(x - 2.5, y - 2.5, 5, 5));
    }

    @Override
    public void bar(double x, double y, double width, double height, Ink ink) {
        graphics.setColor(ink.color());
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void text(double x, double y, String text, Ink ink, Anchor anchor) {
        double width = Letters.width(text, Chart.FONT);
        double start = anchor == Anchor.START ? x : anchor == Anchor.MIDDLE ? x - width / 2 : x - width;
        graphics.setColor(ink.color());
        graphics.fill(Letters.shape(text, Chart.FONT).createTransformedShape(AffineTransform.getTranslateInstance(start, y)));
    }
}
