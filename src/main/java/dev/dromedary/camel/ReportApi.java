package dev.dromedary.camel;

import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.report.Report;
import dev.dromedary.report.ReportCharts;
import dev.dromedary.report.ReportJson;
import dev.dromedary.report.page.ReportPage;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** The calls for people who want to know how it goes: health, capacity, the report. */
public final class ReportApi {
    private static final List<String> FORMATS = List.of("json", "html", "pdf");
    private static final Duration USUAL = Duration.ofDays(7);

    private final ApiCall call;
    private final ReportReader reader;
    private final InstantSource clock;

    ReportApi(ApiCall call, ReportReader reader, InstantSource clock) {
        this.call = call;
        this.reader = reader;
        this.clock = clock;
    }

    public void health(Exchange exchange) throws SQLException {
        call.open(exchange);
        ApiCall.answer(exchange, 200, ReportJson.health(reader.health(clock.instant(), clock.instant())));
    }

    public void capacity(Exchange exchange) throws SQLException {
        call.open(exchange);
        ApiCall.answer(exchange, 200, Map.of("forecasts", reader.capacity(clock.instant()).stream().map(ReportJson::forecast).toList()));
    }

    /** @throws RefusedException where the span or the format is none */
    public void report(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "from", "to", "format");
        Instant now = clock.instant();
        String format = asked.getOrDefault("format", "json");
        if (!FORMATS.contains(format)) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "format", format, "write one of " + String.join(", ", FORMATS));
        }
        Instant to = time(asked, "to", now);
        Instant from = time(asked, "from", to.minus(USUAL));
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(ReportReader.LONGEST) > 0) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "from", from.toString(), "write a time before to, and at most " + ReportReader.LONGEST.toDays() + " days before it");
        }
        Report report = reader.report(from, to, now);
        switch (format) {
            case "html" -> page(exchange, "text/html; charset=utf-8", ReportPage.html(report).getBytes(StandardCharsets.UTF_8));
            case "pdf" -> page(exchange, "application/pdf", ReportPage.pdf(report));
            default -> json(exchange, report);
        }
    }

    private static void json(Exchange exchange, Report report) {
        Map<String, Object> out = new LinkedHashMap<>(ReportJson.report(report));
        out.put("charts", ReportCharts.of(report).stream().map(chart -> Map.of("id", chart.id(), "title", chart.title(), "unit", chart.unit(), "description", chart.description(),
                "svg", chart.svg(), "png", chart.pngBase64())).toList());
        ApiCall.answer(exchange, 200, out);
    }

    /** Nothing in it may run or be fetched, whatever is in it. */
    private static void page(Exchange exchange, String type, byte[] body) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
        exchange.getMessage().setHeader("Content-Type", type);
        exchange.getMessage().setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        exchange.getMessage().setHeader("X-Content-Type-Options", "nosniff");
        exchange.getMessage().setBody(body);
    }

    private static Instant time(Map<String, String> asked, String name, Instant usual) {
        String text = asked.get(name);
        try {
            return text == null ? usual : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException notOne) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, name, text, "write an RFC 3339 time such as 2026-03-01T00:00:00Z");
        }
    }
}
