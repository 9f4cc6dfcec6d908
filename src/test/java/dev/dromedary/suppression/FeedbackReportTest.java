package dev.dromedary.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.message.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeedbackReportTest {
    private static final Path REPORTS = Path.of(System.getProperty("corpora", "../shared/data"), "arf");
    private static final String REPORT = """
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=feedback-report; boundary=b

            --b
            Content-Type: message/feedback-report

            Feedback-Type: Opt-Out
            User-Agent: FBL/1
            Removal-Recipient: <Ann@example.org>
            Original-Rcpt-To: redacted@

            --b
            Content-Type: text/rfc822-headers

            To: bob@example.org, carol@example.org
            Message-ID: <order%201.2@shop.example>

            --b--
            """.replace("\n", "\r\n");

    @Test
    void tellsWhoComplainsAndAboutWhichMessage() {
        FeedbackReport report = FeedbackReport.parse(bytes(REPORT));
        assertThat(report).isEqualTo(new FeedbackReport("opt-out", List.of("Ann@example.org"), "order 1.2", "FBL/1"));
        assertThat(report.complains()).isTrue();
    }

    @Test
    void takesTheRecipientOfTheMessageOnlyWhereItHasOne() {
        String hidden = REPORT.replace("Removal-Recipient: <Ann@example.org>\r\n", "");
        assertThat(FeedbackReport.parse(bytes(hidden)).recipients()).isEmpty();
        assertThat(FeedbackReport.parse(bytes(hidden.replace(", carol@example.org", ""))).recipients()).containsExactly("bob@example.org");
    }

    @Test
    void aReportOfAnotherKindIsNoComplaint() {
        for (String type : List.of("not-spam", "auth-failure", "virus", "other")) {
            assertThat(FeedbackReport.parse(bytes(REPORT.replace("Opt-Out", type))).complains()).as(type).isFalse();
        }
    }

    @Test
    void whatIsNoReportIsRefusedWhateverItIs() {
        var random = new Random(5);
        byte[] noise = new byte[5_000];
        random.nextBytes(noise);
        String deep = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".repeat(2_000);
        for (byte[] mail : List.of(bytes(""), bytes("Subject: x\r\n\r\nhello"), noise, bytes(deep), bytes(REPORT.substring(0, 150)))) {
            assertThatThrownBy(() -> FeedbackReport.parse(mail)).isInstanceOf(RefusedException.class).hasMessageContaining("MIME_MALFORMED");
        }
    }

    @Test
    void readsReportsOfRealFeedbackLoops() throws IOException {
        Path labels = REPORTS.resolve("arf_labels.jsonl");
        assumeTrue(Files.exists(labels), "the corpora are not at hand");
        int read = 0;
        for (String line : Files.readAllLines(labels)) {
            JsonNode label = new ObjectMapper().readTree(line);
            if (label.get("is_arf").asBoolean()) {
                String file = label.get("file").asText();
                FeedbackReport report = FeedbackReport.parse(Files.readAllBytes(REPORTS.resolve(file)));
                assertThat(report.type()).as(file).isEqualTo(label.get("feedback_type").asText());
                for (JsonNode recipient : label.path("fields").path("original-rcpt-to")) {
                    assertThat(report.recipients()).as(file).contains(recipient.asText().replaceAll("[<>]", ""));
                }
                read++;
            }
        }
        assertThat(read).isPositive();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
