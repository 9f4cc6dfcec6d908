package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.alert.Alert;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Telling;
import dev.dromedary.config.AlertTargets;
import dev.dromedary.message.SubmissionReader;
import dev.dromedary.smtp.SandboxMessage;
import dev.dromedary.store.Notice;
import dev.dromedary.store.NoticeLines;
import dev.dromedary.store.NoticeStore;
import dev.dromedary.store.Sql;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notices by mail, through the whole program to a real SMTP server. */
class AlertMailIT {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final AlertTargets TARGETS = new AlertTargets(List.of(),
            new AlertTargets.Mail(List.of("ann@example.net", "bob@example.org"), "alerts@example.com", Severity.WARNING, "night"));

    @TempDir
    Path folder;

    @Test
    void threeNoticesAreOneMessageThatIsSentOnceWithoutAnEnvelopeSender() throws Exception {
        try (TestProgram program = TestProgram.start(folder, TestProgram.ONE_POOL)) {
            DataSource source = program.wiring().database().dataSource();
            var store = new NoticeStore(source);
            var registry = new SimpleMeterRegistry();
            Alert hostile = TestNotices.alert(NOW, "b", Severity.WARNING, "a\r\nBcc: eve@example.net", "<script>alert(1)</script>\r\n.\r\nQUIT");
            TestNotices.write(source, new Telling(TestNotices.alert(NOW, "a", Severity.WARNING, "mta-1", "12 % failed"), Telling.Kind.OPENED), NOW, "mail");
            TestNotices.write(source, new Telling(hostile, Telling.Kind.REMINDED), NOW.plusMillis(1), "mail");
            TestNotices.write(source, new Telling(TestNotices.alert(NOW, "c", Severity.CRITICAL, "mta-2", "31 % failed"), Telling.Kind.ESCALATED), NOW.plusMillis(2), "mail");
            try (var wiring = wiring(program, store, registry)) {
                wiring.notices().send();
                awaitSent(source, 3);
                // As where the program died between the acceptance and the note of it.
                Sql.update(source, "update alert_notice set done_at = null, sent = false, due = ?", NOW.plusSeconds(1));
                wiring.notices().send();
                awaitSent(source, 3);
            }
            assertThat(registry.get("dromedary.alerts.notices").tag("target", "mail").tag("outcome", "sent").counter().count()).isEqualTo(6);
            program.awaitArrivals(TARGETS.mail().to());
            await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from event where kind = 'delivered'") == 2);
            assertThat(program.count("select count(*) from event where kind = 'accepted' and way = 'alert' and stream = 'night'")).as("one message").isEqualTo(2);
            assertThat(program.arrivals()).containsOnlyKeys("ann@example.net", "bob@example.org").containsValues(1, 1);
            assertThat(program.sink().messages()).allSatisfy(message -> assertThat(message.from()).as("the null sender").isNull());
            content(program.sink().messages().get(0));
        }
    }

    private static void content(SandboxMessage sent) throws Exception {
        var message = new MimeMessage(null, new ByteArrayInputStream(sent.content()));
        assertThat(message.getSubject()).isEqualTo("[critical] 3 alerts: error-rate of mta-2, error-rate of mta-1, error-rate of a Bcc: eve@example.net");
        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getFrom()).extracting(Object::toString).containsExactly("alerts@example.com");
        assertThat(message.getMessageID()).matches("<alert-[0-9a-f]{32}@example\\.com>");
        var both = (MimeMultipart) message.getContent();
        assertThat(both.getContentType()).startsWith("multipart/alternative");
        String text = (String) both.getBodyPart(0).getContent();
        assertThat(text).contains("CRITICAL (escalated): error-rate of mta-2", "31 % failed", "WARNING (reminded)", "  - look at <the> replies", "<script>alert(1)</script> . QUIT");
        assertThat(both.getBodyPart(1).getContentType()).startsWith("text/html");
        String html = new String(both.getBodyPart(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(html).contains("&lt;script&gt;alert(1)", "look at &lt;the&gt; replies").doesNotContain("<script", "src=", "http");
    }

    @Test
    void whatCouldNotBeAcceptedIsTriedAgainAsTheSameMessage() throws Exception {
        try (TestProgram program = TestProgram.start(folder, TestProgram.ONE_POOL)) {
            DataSource source = program.wiring().database().dataSource();
            var store = new NoticeStore(source);
            var registry = new SimpleMeterRegistry();
            TestNotices.write(source, new Telling(TestNotices.alert(NOW, "a", Severity.WARNING, "mta-1", "12 % failed"), Telling.Kind.OPENED), NOW, "mail");
            TestNotices.write(source, new Telling(TestNotices.alert(NOW, "b", Severity.WARNING, "mta-2", "13 % failed"), Telling.Kind.OPENED), NOW, "mail");
            try (var wiring = wiring(store, registry, () -> {
                throw new IllegalStateException("not started");
            })) {
                wiring.notices().send();
                await().atMost(TestProgram.PATIENCE).until(() -> NoticeLines.latest(source).stream().allMatch(one -> one.answer() != null));
            }
            List<Notice.Line> two = NoticeLines.latest(source);
            assertThat(two).extracting(Notice.Line::due).as("together").containsOnly(two.get(0).due());
            Sql.update(source, "update alert_notice set due = ?", NOW);
            TestNotices.write(source, new Telling(TestNotices.alert(NOW, "c", Severity.WARNING, "mta-3", "14 % failed"), Telling.Kind.OPENED), NOW, "mail");
            try (var wiring = wiring(program, store, registry)) {
                wiring.notices().send();
                awaitSent(source, 3);
            }
            program.awaitArrivals(TARGETS.mail().to());
            await().atMost(TestProgram.PATIENCE).until(() -> program.sink().messages().stream().map(AlertMailIT::subject).distinct().count() == 2);
            assertThat(program.sink().messages()).extracting(AlertMailIT::subject).contains("[warning] 2 alerts: error-rate of mta-1, error-rate of mta-2", "[warning] error-rate of mta-3");
        }
    }

    @Test
    void theProgramShowsItsCountsOfNoticesFromTheStart() throws Exception {
        try (TestProgram program = TestProgram.start(folder, TestProgram.ONE_POOL)) {
            assertThat(program.management("/observe/metrics")).contains("dromedary_alerts_notices_total{outcome=\"given_up\",target=\"webhook\"} 0.0",
                    "dromedary_alerts_notices_total{outcome=\"sent\",target=\"mail\"} 0.0");
        }
    }

    private static String subject(SandboxMessage message) {
        try {
            return new MimeMessage(null, new ByteArrayInputStream(message.content())).getSubject();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AlertNoticeWiring wiring(TestProgram program, NoticeStore store, MeterRegistry registry) {
        return wiring(store, registry, program.wiring()::port);
    }

    private static AlertNoticeWiring wiring(NoticeStore store, MeterRegistry registry, Supplier<AcceptPort> port) {
        return new AlertNoticeWiring(TARGETS, store, new SubmissionReader(100, 10_000_000), port, registry, "n1", () -> NOW.plusSeconds(2), new Random(3));
    }

    private static void awaitSent(DataSource source, int number) {
        await().atMost(TestProgram.PATIENCE).until(() -> NoticeLines.latest(source).stream().filter(one -> one.state() == Notice.State.TOLD).count() == number);
    }
}
