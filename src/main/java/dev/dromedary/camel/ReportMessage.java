package dev.dromedary.camel;

import dev.dromedary.config.ReportSettings;
import dev.dromedary.report.Report;
import dev.dromedary.report.ReportCharts;
import dev.dromedary.report.page.Chart;
import dev.dromedary.report.page.ReportPage;
import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;

/** A report as a message: text, or HTML with its charts beside it (RFC 2387), and the PDF. */
final class ReportMessage {
    private ReportMessage() {
    }

    static byte[] bytes(ReportSettings.Mail settings, Report report, ReportMail.Span span, Instant now) throws MessagingException, IOException {
        String title = "Sending report, " + span.from() + " to " + span.to().minusDays(1);
        var related = new MimeMultipart("related");
        related.addBodyPart(text(ReportPage.mail(report), "html"));
        for (Chart chart : ReportCharts.of(report)) {
            MimeBodyPart picture = file(chart.png(), "image/png", chart.id() + ".png");
            picture.setContentID("<" + chart.id() + "@report>");
            picture.setDisposition(BodyPart.INLINE);
            related.addBodyPart(picture);
        }
        var both = new MimeMultipart("alternative");
        both.addBodyPart(text(title + ". Health: " + report.health().band().id() + ". The figures are in the HTML part" + (settings.pdf() ? " and in the PDF." : "."), "plain"));
        both.addBodyPart(part(related));
        var all = new MimeMultipart("mixed");
        all.addBodyPart(part(both));
        if (settings.pdf()) {
            all.addBodyPart(file(ReportPage.pdf(report), "application/pdf", "report-" + span.from() + ".pdf"));
        }
        var message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom(new InternetAddress(settings.from()));
        message.setRecipients(MimeMessage.RecipientType.TO, InternetAddress.parse(String.join(",", settings.to())));
        message.setSubject(title, StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(now));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setContent(all);
        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toByteArray();
    }

    private static MimeBodyPart text(String text, String subtype) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, StandardCharsets.UTF_8.name(), subtype);
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    private static MimeBodyPart part(Multipart content) throws MessagingException {
        var part = new MimeBodyPart();
        part.setContent(content);
        return part;
    }

    private static MimeBodyPart file(byte[] bytes, String type, String name) throws MessagingException {
        var part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, type)));
        part.setFileName(name);
        return part;
    }
}
