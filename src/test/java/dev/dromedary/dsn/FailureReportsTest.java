package dev.dromedary.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.ConfigLoader;
import dev.dromedary.message.DeliveryTerms;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Category;
import dev.dromedary.outcome.Outcome;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.outcome.SmtpReplyParser;
import dev.dromedary.provider.BuiltInProviders;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureReportsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final EmailAddress SENDER = EmailAddress.parse("shop@example.com");
    private static final EmailAddress RECIPIENT = EmailAddress.parse("ann@gmail.com");
    private static final byte[] MAIL = "From: shop@example.com\r\nSubject: order\r\n --=_ 1\r\n\r\nsecret body\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Outcome.Bounced UNKNOWN = bounced("550-5.1.1 The account\n550 5.1.1 does not exist \u00e4\t");

    @TempDir
    private Path directory;

    private FailureReports reports;

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(directory.resolve(ConfigLoader.FILE), """
                smtp: {hostname: out.example.com}
                dsn: {streams: [receipts]}
                pools:
                  - {id: corp, host: smtp.example.net, username: u, password-env: P}
                """);
        var config = new ConfigLoader(BuiltInProviders.load()).load(directory, directory, Map.of("P", "x"));
        reports = new FailureReports(config, domain -> domain.equals("example.com") ? "mine" : "other", (address, stream) -> address.toString().startsWith("gone@"));
    }

    @Test
    void aReportSaysWhatProgramsAndPeopleNeed() throws Exception {
        FailureReports.Rendered report = reports.of(envelope(SENDER, RECIPIENT, DeliveryTerms.Dsn.FAILURE), MAIL, UNKNOWN, NOON.plusSeconds(60)).orElseThrow();

        assertThat(report.envelope().from()).as("null reverse-path").isNull();
        assertThat(report.envelope().to()).isEqualTo(SENDER);
        assertThat(report.envelope().provider()).isEqualTo("mine");
        assertThat(report.envelope().id()).isEqualTo("order-1.1.dsn2");
        MimeMessage mail = parsed(report.mime());
        assertThat(mail.getFrom()).containsExactly(new InternetAddress("mailer-daemon@out.example.com", "Mail Delivery System"));
        assertThat(mail.getHeader("To", null)).isEqualTo("shop@example.com");
        assertThat(mail.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
        assertThat(mail.getMessageID()).isEqualTo("<order-1.1.dsn2@out.example.com>");
        assertThat(mail.getContentType()).contains("multipart/report").contains("report-type=delivery-status");
        var parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(3);
        assertThat((String) parts.getBodyPart(0).getContent()).contains("ann@gmail.com").contains("does not exist \u00e4").contains("order-1.1");
        assertThat(parts.getBodyPart(2).getContentType()).startsWith("text/rfc822-headers");
        assertThat(text(parts.getBodyPart(2))).contains("Subject: order").contains("--=_ 1").doesNotContain("secret");
    }

    @Test
    void itsFieldsAreThoseOfRfc3464AndItsReplyReadsAsTheServersOwn() throws Exception {
        Fields fields = fields(reports.of(envelope(SENDER, RECIPIENT, DeliveryTerms.Dsn.FAILURE), MAIL, UNKNOWN, NOON.plusSeconds(60)).orElseThrow());

        assertThat(fields.message("Reporting-MTA")).isEqualTo("dns; out.example.com");
        assertThat(fields.message("Arrival-Date")).isEqualTo("Sun, 01 Mar 2026 12:00:00 +0000");
        assertThat(fields.recipient("Final-Recipient")).isEqualTo("rfc822; ann@gmail.com");
        assertThat(fields.recipient("Action")).isEqualTo("failed");
        assertThat(fields.recipient("Status")).isEqualTo("5.1.1");
        assertThat(fields.recipient("Remote-MTA")).isEqualTo("dns; smtp.example.net");
        assertThat(fields.recipient("Last-Attempt-Date")).isEqualTo("Sun, 01 Mar 2026 12:01:00 +0000");
        assertThat(fields.recipient("Diagnostic-Code")).isEqualTo("smtp; 550 5.1.1 The account does not exist ?");
        SmtpReply read = SmtpReplyParser.parse(fields.recipient("Diagnostic-Code"));
        assertThat(read.code()).isEqualTo(550);
        assertThat(read.enhanced()).isEqualTo("5.1.1");
    }

    @Test
    void aStatusThatTheServerDidNotGiveIsDerived() {
        assertThat(FailureReports.status(bounced("550 no such user"))).isEqualTo("5.1.0");
        assertThat(FailureReports.status(new Outcome.Expired("corp", SmtpReplyParser.parse("451 4.7.1 greylisted"), "given up"))).isEqualTo("4.7.1");
        assertThat(FailureReports.status(new Outcome.Expired(null, null, "too old"))).isEqualTo("4.4.7");
    }

    @Test
    void addressesBeyondAsciiAndHeadersThatNeedItAreEncoded() throws Exception {
        byte[] mail = "Subject: gr\u00fc\u00dfe\r\n\r\nx".getBytes(StandardCharsets.UTF_8);
        var report = reports.of(envelope(SENDER, EmailAddress.parse("\u00fc@b\u00fccher.example"), DeliveryTerms.Dsn.FAILURE), mail, UNKNOWN, NOON).orElseThrow();
        assertThat(new String(report.mime(), StandardCharsets.ISO_8859_1)).matches("[\\r\\n\\t -~]*");
        assertThat(fields(report).recipient("Final-Recipient")).isEqualTo("utf-8; \\x{FC}@xn--bcher-kva.example");
        BodyPart header = ((MimeMultipart) parsed(report.mime()).getContent()).getBodyPart(2);
        assertThat(text(header)).contains("Subject: gr\u00fc\u00dfe");
    }

    @Test
    void aHostileReplyStaysWithinItsField() throws Exception {
        var report = reports.of(envelope(SENDER, RECIPIENT, DeliveryTerms.Dsn.FAILURE), MAIL, bounced("550 " + "x".repeat(5_000) + "\r\n\r\n--=_r_\u0000Action: delivered"), NOON).orElseThrow();
        assertThat(new String(report.mime(), StandardCharsets.ISO_8859_1).lines()).allMatch(line -> line.length() <= 998);
        assertThat(fields(report).recipient("Action")).isEqualTo("failed");
        assertThat(((MimeMultipart) parsed(report.mime()).getContent()).getCount()).isEqualTo(3);
    }

    @Test
    void onlyWhoAskedIsTold() {
        assertThat(told(envelope(SENDER, RECIPIENT, null), UNKNOWN)).isFalse();
        assertThat(told(envelope(SENDER, RECIPIENT, DeliveryTerms.Dsn.NEVER), UNKNOWN)).isFalse();
        assertThat(told(inStream("receipts", null), UNKNOWN)).as("by the configuration").isTrue();
        assertThat(told(inStream("receipts", DeliveryTerms.Dsn.NEVER), UNKNOWN)).as("the message's own word").isFalse();
        assertThat(told(envelope(SENDER, RECIPIENT, DeliveryTerms.Dsn.FAILURE), new Outcome.Expired(null, null, "too old"))).isTrue();
        assertThat(told(envelope(SENDER, RECIPIENT, DeliveryTerms.Dsn.FAILURE), new Outcome.Faulted("ours"))).as("kept for replay").isFalse();
    }

    @Test
    void noReportIsMadeOfAReportNorForNobodyNorForASuppressedSender() {
        assertThat(told(envelope(null, RECIPIENT, DeliveryTerms.Dsn.FAILURE), UNKNOWN)).isFalse();
        assertThat(told(envelope(EmailAddress.parse("gone@example.com"), RECIPIENT, DeliveryTerms.Dsn.FAILURE), UNKNOWN)).isFalse();
        Envelope report = reports.of(envelope(SENDER, RECIPIENT, DeliveryTerms.Dsn.FAILURE), MAIL, UNKNOWN, NOON).orElseThrow().envelope();
        assertThat(told(report.withTerms(new DeliveryTerms(null, DeliveryTerms.Dsn.FAILURE)), UNKNOWN)).isFalse();
    }

    private boolean told(Envelope envelope, Outcome outcome) {
        return reports.of(envelope, MAIL, outcome, NOON).isPresent();
    }

    private static Outcome.Bounced bounced(String reply) {
        SmtpReply parsed = SmtpReplyParser.parse(reply);
        return new Outcome.Bounced("corp", Category.PERMANENT_RECIPIENT, parsed, parsed.text());
    }

    private static Envelope envelope(@Nullable EmailAddress from, EmailAddress to, DeliveryTerms.@Nullable Dsn dsn) {
        return new Envelope("order-1.1", "order-1", from, to, "google", "default", null, List.of(), 100, 5, NOON, 2, MAIL.length).withTerms(new DeliveryTerms(Duration.ofDays(1), dsn));
    }

    private static Envelope inStream(String stream, DeliveryTerms.@Nullable Dsn dsn) {
        return new Envelope("order-1.1", "order-1", SENDER, RECIPIENT, "google", stream, null, List.of(), 100, 5, NOON, 2, MAIL.length).withTerms(new DeliveryTerms(null, dsn));
    }

    /** The two groups of fields of message/delivery-status. */
    private record Fields(InternetHeaders message, InternetHeaders recipient) {
        String message(String name) {
            return message.getHeader(name, null).replaceAll("\r\n ", " ");
        }

        String recipient(String name) {
            return recipient.getHeader(name, null).replaceAll("\r\n ", " ");
        }
    }

    private static Fields fields(FailureReports.Rendered report) throws MessagingException, IOException {
        BodyPart part = ((MimeMultipart) parsed(report.mime()).getContent()).getBodyPart(1);
        assertThat(part.getContentType()).isEqualTo("message/delivery-status");
        var in = new ByteArrayInputStream(part.getInputStream().readAllBytes());
        return new Fields(new InternetHeaders(in), new InternetHeaders(in));
    }

    private static String text(BodyPart part) throws MessagingException, IOException {
        return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static MimeMessage parsed(byte[] mime) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mime));
    }
}
