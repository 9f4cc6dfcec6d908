package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Telling;
import dev.dromedary.config.AlertTargets;
import dev.dromedary.store.Notice;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertMessageTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final AlertTargets.Mail TO = new AlertTargets.Mail(List.of("ann@example.net"), "alerts@example.com", Severity.WARNING, "alerts");

    @Test
    void theSubjectSaysHowBadAndHowMany() throws Exception {
        assertThat(subject(notice(1, Telling.Kind.OPENED, "critical", "mta-1"))).isEqualTo("[critical] error-rate of mta-1");
        assertThat(subject(notice(1, Telling.Kind.OPENED, "warning", ""))).isEqualTo("[warning] error-rate");
        assertThat(subject(notice(1, Telling.Kind.RESOLVED, "critical", "mta-1"))).isEqualTo("[resolved] error-rate of mta-1");
        assertThat(subject(notice(1, Telling.Kind.RESOLVED, "critical", "mta-1"), notice(2, Telling.Kind.RESOLVED, "warning", "mta-2")))
                .isEqualTo("[resolved] 2 alerts: error-rate of mta-1, error-rate of mta-2");
        assertThat(subject(notice(1, Telling.Kind.RESOLVED, "critical", "mta-1"), notice(2, Telling.Kind.REMINDED, "warning", "mta-2")))
                .isEqualTo("[warning] 1 alert, 1 resolved: error-rate of mta-2, error-rate of mta-1");
    }

    @Test
    void aLongSubjectIsCut() throws Exception {
        var many = new ArrayList<Notice>();
        for (int i = 0; i < 50; i++) {
            many.add(notice(i, Telling.Kind.OPENED, "warning", "pool-" + i));
        }
        assertThat(subject(many.toArray(Notice[]::new))).startsWith("[warning] 50 alerts: error-rate of pool-0, ").endsWith("…").hasSize(150);
    }

    @Test
    void anEndHasItsTimeAndNoAdvice() throws Exception {
        assertThat(text(notice(1, Telling.Kind.RESOLVED, "critical", "mta-1"))).contains("RESOLVED (resolved): error-rate of mta-1", "since 2026-03-02T09:00:00Z, resolved 2026-03-02T10:00:00Z")
                .doesNotContain("look");
        assertThat(text(notice(1, Telling.Kind.OPENED, "critical", "mta-1"))).contains("  - look").doesNotContain("resolved");
    }

    private static Notice notice(long id, Telling.Kind kind, String severity, String subject) {
        String resolved = kind == Telling.Kind.RESOLVED ? "\"2026-03-02T10:00:00Z\"" : "null";
        return new Notice(id, "a" + id, kind, "mail", "{\"id\":\"a" + id + "\",\"rule\":\"error-rate\",\"severity\":\"" + severity + "\",\"metric\":\"error_rate\",\"subject\":\"" + subject
                + "\",\"since\":\"2026-03-02T09:00:00Z\",\"resolved_at\":" + resolved + ",\"text\":\"12 % failed\",\"suggested\":[\"look\"]}", NOW, 1, NOW);
    }

    private static MimeMessage message(Notice... notices) throws Exception {
        return new MimeMessage(null, new ByteArrayInputStream(AlertMessage.bytes(TO, List.of(notices), Notice.key(List.of(notices)), NOW)));
    }

    private static String subject(Notice... notices) throws Exception {
        return message(notices).getSubject();
    }

    private static String text(Notice... notices) throws Exception {
        return (String) ((MimeMultipart) message(notices).getContent()).getBodyPart(0).getContent();
    }
}
