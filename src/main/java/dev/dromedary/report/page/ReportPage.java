package dev.dromedary.report.page;

import com.openhtmltopdf.extend.FSObjectDrawer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.render.DefaultObjectDrawerFactory;
import com.openhtmltopdf.util.XRLog;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.dromedary.report.Report;
import dev.dromedary.report.ReportCharts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;

/** A report as one self-contained page: HTML for a screen and for printing, and PDF. Everything that is filled in is escaped. Thread-safe. */
public final class ReportPage {
    private static final Template PAGE = Mustache.compiler().withEscaper(Markup::escaped).defaultValue("").emptyStringIsFalse(true).compile(resource("report.html"));
    private static final String SCREEN = resource("screen.css");
    private static final String PAPER = resource("paper.css");
    private static final String OBJECT = "dromedary/chart";

    static {
        // It tells of every style sheet and font, past the program's log.
        XRLog.listRegisteredLoggers().forEach(logger -> XRLog.setLevel(logger, Level.WARNING));
    }

    private ReportPage() {
    }

    public static String html(Report report) {
        return page(report, SCREEN, ReportPage::onScreen);
    }

    /** With vector charts and its own fonts. */
    public static byte[] pdf(Report report) {
        List<Chart> charts = ReportCharts.of(report);
        String page = page(report, PAPER, ReportPage::onPaper);
        var drawers = new DefaultObjectDrawerFactory();
        FSObjectDrawer drawer = (element, x, y, width, height, output, context, dots) -> {
            Chart chart = charts.stream().filter(one -> one.id().equals(element.getAttribute("data"))).findFirst().orElseThrow();
            output.drawWithGraphics((float) x, (float) y, (float) width / dots, (float) height / dots, graphics -> {
                graphics.scale(width / dots / Chart.WIDTH, height / dots / Chart.HEIGHT);
                chart.draw(graphics);
            });
            return Map.of();
        };
        drawers.registerDrawer(OBJECT, drawer);
        try (var out = new ByteArrayOutputStream()) {
            new PdfRendererBuilder().withHtmlContent(page, "").useFont(Letters::file, "Liberation Sans").useObjectDrawerFactory(drawers)
                    .useUriResolver((base, uri) -> null).toStream(out).run();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a mail: charts are pictures with the content ids {@code ID@report}. */
    public static String mail(Report report) {
        return page(report, PAPER, chart -> "<img width=\"100%\" src=\"cid:" + chart.id() + "@report\" alt=\"" + Markup.escaped(chart.description()) + "\"/>");
    }

    private interface Drawing {
        String markup(Chart chart);
    }

    private static String page(Report report, String style, Drawing drawing) {
        Map<String, Object> view = ReportView.of(report);
        view.put("style", style);
        view.put("charts", ReportCharts.of(report).stream().map(chart -> Map.of("drawing", drawing.markup(chart), "description", chart.description())).toList());
        return PAGE.execute(view);
    }

    private static String onScreen(Chart chart) {
        return chart.svg() + "<p class=\"png\"><a download=\"" + chart.id() + ".png\" href=\"data:image/png;base64," + chart.pngBase64() + "\">" + Markup.escaped(chart.title())
                + " as PNG</a></p>";
    }

    private static String onPaper(Chart chart) {
        return "<object type=\"" + OBJECT + "\" data=\"" + chart.id() + "\" alt=\"" + Markup.escaped(chart.description()) + "\" style=\"width:17.2cm;height:5.66cm\"></object>";
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
