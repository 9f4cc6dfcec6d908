package dev.dromedary.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dromedary.report.ReportCharts;
import dev.dromedary.report.Reports;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** What the page looks like is left in target/report for eyes. */
class ReportPageTest {
    private static final String HOSTILE = "</td><script>alert(1)</script>\"'&<img src=x onerror=alert(1)>\u0000\u202e{{name}}";
    private static final Path OUT = Path.of("target/report");
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @Test
    void textFromOutsideStaysText() throws Exception {
        String html = ReportPage.html(Reports.busy(HOSTILE));
        assertThat(html).contains("&lt;script&gt;alert(1)&lt;/script&gt;").doesNotContain("<script", "<img", "\u0000");
        assertThat(html).as("not a template of its own").contains("{{name}}");
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(html.replace("<!DOCTYPE html>", "").getBytes(StandardCharsets.UTF_8)));
        assertThat(pdfText(ReportPage.pdf(Reports.busy(HOSTILE)))).contains("<script>");
    }

    @Test
    void thePageNeedsNothingFromOutside() {
        String html = ReportPage.html(Reports.busy("bulk"));
        assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:", "url(", "@import", "<link");
        assertThat(html).contains("data:image/png;base64,", "<svg", "prefers-color-scheme: dark", "@media print", "role=\"img\"", "scope=\"col\"", "<caption>");
    }

    @Test
    void anEmptySpanSaysSo() throws Exception {
        String html = ReportPage.html(Reports.empty());
        assertThat(html).contains("The history has no sample of this span").contains("no data").doesNotContain("NaN");
        assertThat(html).contains("Nothing is known of this span, so nothing can be recommended.").doesNotContain("The data reach to", "The figures ask for nothing", ">Waiting<");
        assertThat(pdfText(ReportPage.pdf(Reports.empty()))).contains("no sample of this span");
    }

    @Test
    void theSummaryHasWhatWaitsAndAWideTableScrollsByItself() {
        String html = ReportPage.html(Reports.busy("bulk"));
        assertThat(html).containsPattern("Waiting</span><br/><span class=\"value\">[0-9]+</span>").contains("The data reach to", "<div class=\"wide\"><table>\n<caption>Of what the health score is made");
        assertThat(html).contains("pool mta-1 to google: 90 of 3263 put off").doesNotContain("Nothing is known");
        assertThat(html.split("<table>", -1)).as("every table but the cards").hasSameSizeAs(html.split("<div class=\"wide( breaks)?\"><table>", -1));
    }

    @Test
    void everyChartIsAPictureToo() throws Exception {
        for (Chart chart : ReportCharts.of(Reports.busy("bulk"))) {
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(chart.png()));
            assertThat(picture.getWidth()).isEqualTo(2 * Chart.WIDTH);
            assertThat(chart.description()).doesNotContain("NaN");
        }
        assertThat(ReportCharts.of(Reports.busy("bulk")).get(0).svg().split("<polyline")).as("a gap is no line: two lines of two runs each, and a dash in the legend").hasSize(1 + 4 + 1);
    }

    @Test
    void chromiumShowsItInLightAndDarkAndThePdfHasPages() throws Exception {
        Files.createDirectories(OUT);
        byte[] pdf = ReportPage.pdf(Reports.busy("bulk"));
        Files.write(OUT.resolve("report.pdf"), pdf);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isBetween(2, 6);
            var renderer = new PDFRenderer(document);
            for (int i = 0; i < document.getNumberOfPages(); i++) {
                ImageIO.write(renderer.renderImageWithDPI(i, 70), "png", OUT.resolve("pdf-" + (i + 1) + ".png").toFile());
            }
        }
        Path page = Files.writeString(OUT.resolve("report.html"), ReportPage.html(Reports.busy("bulk")));
        assumeTrue(Files.isExecutable(CHROMIUM), "there is no " + CHROMIUM + ": how the page looks was not tried");
        BufferedImage light = shot(page, "light.png");
        BufferedImage dark = shot(page, "dark.png", "--blink-settings=preferredColorScheme=0");
        assertThat(light.getRGB(5, 5) & 0xffffff).isEqualTo(0xffffff);
        assertThat(dark.getRGB(5, 5) & 0xffffff).isEqualTo(0x0f1419);
    }

    private static BufferedImage shot(Path page, String name, String... more) throws Exception {
        File picture = OUT.resolve(name).toAbsolutePath().toFile();
        Path profile = Files.createTempDirectory("chromium");
        var command = new java.util.ArrayList<>(List.of(CHROMIUM.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + profile, "--window-size=1000,3600",
                "--hide-scrollbars", "--screenshot=" + picture));
        command.addAll(List.of(more));
        command.add(page.toUri().toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(OUT.resolve(name + ".log").toFile()).start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return ImageIO.read(picture);
    }

    private static String pdfText(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }
}
