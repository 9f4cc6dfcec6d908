package dev.dromedary.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionRawTest {
    private static final List<String> TO = List.of("b@y.example");
    private final SubmissionReader reader = new SubmissionReader(4, 100_000);

    @Test
    void takesEnvelopeAndAttributesAsGiven() {
        byte[] mail = bytes("From: other@z\r\n\r\nbody");
        var properties = new HashMap<>(Map.of("message_id", "m1", "stream", "s", "campaign", "c", "tags", "a, b", "priority", "bulk",
            "scheduled_time", "2030-01-01T00:00:00Z", "max_retries", "0", "max_age", "2h", "dsn", "never", "JMSXGroupID", "?"));
        properties.putAll(Map.of("send_time", "best", "within", "12h"));
        Submission submission = reader.readRaw(mail, "a@x.example", List.of("b@y.example", "b@Y.example"), properties);

        assertThat(submission).isEqualTo(new Submission("m1", EmailAddress.parse("a@x.example"), List.of(EmailAddress.parse("b@y.example")),
            submission.content(), 200, Instant.parse("2030-01-01T00:00:00Z"), 0, "s", "c", List.of("a", "b"),
            new DeliveryTerms(Duration.ofHours(2), DeliveryTerms.Dsn.NEVER), Duration.ofHours(12)));
        assertThat(((Content.Raw) submission.content()).bytes()).isSameAs(mail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r"})
    void takesSenderAndRecipientsFromTheHeaderSection(String lineEnd) {
        Submission folded = reader.readRaw(bytes(("From: \"Lee, Ann\" <a@x.example>|TO: =?utf-8?q?B=C3=B6?= <b@y.example>,|\tc@y.example|"
            + "Cc : team: d@y.example;|bcc: ü@bücher.example||To: not@this.example").replace("|", lineEnd)), null, List.of(), Map.of());

        assertThat(folded.from()).hasToString("a@x.example");
        assertThat(folded.to()).extracting(EmailAddress::toString)
            .containsExactly("b@y.example", "c@y.example", "d@y.example", "ü@xn--bcher-kva.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<>"})
    void readsTheNullSender(String from) {
        assertThat(reader.readRaw(bytes("A: b\n\n"), from, TO, Map.of()).from()).isNull();
    }

    @Test
    void takesFromTheHeaderSectionWhatPropertiesDoNotSay() {
        byte[] mail = bytes("Subject: s\nx-dromedary-stream: receipts\nX-Dromedary-Campaign: one\n two\nX-DROMEDARY-TAGS: a,b\n"
            + "X-Dromedary-Priority: 9\nX-Dromedary-Scheduled-Time: 2030-01-01T00:00:00Z\nX-Dromedary-Max-Retries: 3\nX-Dromedary-Max-Age: 45s\nX-Dromedary-Dsn: failure\n"
            + "X-Dromedary-Send-Time: best\nX-Dromedary-Within: 2d\n\n");

        Submission submission = reader.readRaw(mail, "a@x", TO, Map.of("priority", "8"));

        assertThat(submission.stream()).isEqualTo("receipts");
        assertThat(submission.campaign()).isEqualTo("one two");
        assertThat(submission.tags()).containsExactly("a", "b");
        assertThat(submission.priority()).isEqualTo(8);
        assertThat(submission.scheduledTime()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(submission.bestWithin()).isEqualTo(Duration.ofDays(2));
        assertThat(submission.maxRetries()).isEqualTo(3);
        assertThat(submission.terms()).isEqualTo(new DeliveryTerms(Duration.ofSeconds(45), DeliveryTerms.Dsn.FAILURE));
    }

    @Test
    void looksForAttributesInTheHeaderSectionOnly() {
        assertThat(reader.readRaw(bytes("A: b\r\n\r\nX-Dromedary-Stream: body\r\n"), "a@x", TO, Map.of()).stream()).isEqualTo("default");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "FIELD_INVALID | X-Dromedary-Stream | From: a@x~To: b@y~X-Dromedary-Stream: NO~",
        "HEADER_MALFORMED | X-Dromedary-Stream | From: a@x~To: b@y~X-Dromedary-Stream: a~X-Dromedary-Stream: b~",
        "FIELD_MISSING | from | To: b@y~",
        "FIELD_MISSING | to | From: a@x~",
        "SENDER_MALFORMED | from | From: a@x, b@x~To: b@y~",
        "SENDER_MALFORMED | from | From: a..b@x~To: b@y~",
        "SENDER_MALFORMED | from | From: Ann <a@x~To: b@y~",
        "ADDRESS_MALFORMED | To | From: a@x~To: b@y, a..b@y~",
        "ADDRESS_MALFORMED | Cc | From: a@x~To: b@y~Cc: Ann <c@y~",
        "HEADER_INJECTION | Cc | From: a@x~To: b@y~Cc: \u0001@y~",
        "RECIPIENTS_TOO_MANY | to | From: a@x~To: b@y, c@y, d@y~Cc: e@y, f@y~"})
    void refuses(RefusalCode code, String subject, String mail) {
        assertThat(refusal(bytes(mail.replace("~", "\n")), null, List.of()).text()).startsWith("[" + code + "] " + subject + ": ");
    }

    @Test
    void refusesByEnvelopeAndSize() {
        byte[] mail = bytes("A: b\n\n");
        assertThat(refusal(mail, "a@x", List.of("b@y", "no")).text()).startsWith("[ADDRESS_MALFORMED] to[1]: no;");
        assertThat(refusal(mail, "no", TO).text()).startsWith("[SENDER_MALFORMED] from: no;");
        assertThat(refusal(mail, "a@x\r\n", TO).code()).isEqualTo(RefusalCode.HEADER_INJECTION);
        assertThat(refusal(new byte[0], "a@x", TO).code()).isEqualTo(RefusalCode.BODY_EMPTY);
        assertThat(refusal(new byte[100_001], "a@x", TO).code()).isEqualTo(RefusalCode.BODY_TOO_LARGE);
        assertThat(refusal("From: \u00fc@x\n\n".getBytes(StandardCharsets.ISO_8859_1), null, TO).code()).isEqualTo(RefusalCode.CHARSET_INVALID);
    }

    /** The bound asked for is 3,000 a second; a loaded machine does many times that. */
    @Test
    void readsTenThousandMailsOfFourKilobytesInThreeSeconds() {
        byte[] mail = bytes("From: a@x\r\nTo: b@y\r\nSubject: s\r\n" + "X-Filler: 0123456789\r\n".repeat(30) + "\r\n" + "line of text\r\n".repeat(240));
        long start = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            reader.readRaw(mail, "a@x.example", TO, Map.of());
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertThat(mail).hasSizeBetween(4000, 4400);
        assertThat(millis).as("milliseconds").isLessThan(3000);
    }

    private Refusal refusal(byte[] mail, @Nullable String from, List<String> to) {
        return catchThrowableOfType(RefusedException.class, () -> reader.readRaw(mail, from, to, Map.of())).refusal();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
