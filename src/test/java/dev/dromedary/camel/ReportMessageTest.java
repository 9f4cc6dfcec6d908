package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.ReportSettings;
import dev.dromedary.config.ReportSettings.Every;
import dev.dromedary.report.Reports;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportMessageTest {
    private static final LocalDate TUESDAY = LocalDate.of(2026, 3, 3);

    @Test
    void itHasThePageItsChartsAndThePdf() throws Exception {
        var settings = new ReportSettings.Mail(List.of("ops@example.net"), "reports@example.com", Every.DAY, LocalTime.of(6, 0), true, "reports");
        var span = ReportMail.Span.before(TUESDAY, Every.DAY);
        byte[] bytes = ReportMessage.bytes(settings, Reports.busy("bulk"), span, Instant.parse("2026-03-03T06:00:00Z"));
        var all = (Multipart) new MimeMessage(null, new ByteArrayInputStream(bytes)).getContent();
        assertThat(all.getBodyPart(1).getContentType()).startsWith("application/pdf");
        var related = (Multipart) ((Multipart) all.getBodyPart(0).getContent()).getBodyPart(1).getContent();
        String page = (String) related.getBodyPart(0).getContent();
        assertThat(page).doesNotContain("<svg", "http:", "https:");
        for (int i = 1; i < related.getCount(); i++) {
            String id = ((MimeBodyPart) related.getBodyPart(i)).getContentID();
            assertThat(page).contains("\"cid:" + id.substring(1, id.length() - 1) + "\"");
        }
        assertThat(related.getCount()).isEqualTo(8);
    }

    @Test
    void aSpanIsTheLastWholeDayWeekOrMonth() {
        assertThat(ReportMail.Span.before(TUESDAY, Every.DAY)).isEqualTo(new ReportMail.Span(LocalDate.of(2026, 3, 2), TUESDAY));
        assertThat(ReportMail.Span.before(TUESDAY, Every.WEEK)).isEqualTo(new ReportMail.Span(LocalDate.of(2026, 2, 23), LocalDate.of(2026, 3, 2)));
        assertThat(ReportMail.Span.before(TUESDAY, Every.MONTH)).isEqualTo(new ReportMail.Span(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 3, 1)));
    }
}
