package dev.dromedary.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RawMessageTest {
    private static final Path COMMON = Path.of("../shared/data/common");
    private static final Instant ACCEPTED = Instant.parse("2026-03-01T12:00:00Z");
    private static final EmailAddress SENDER = EmailAddress.parse("sender@example.org");
    private static final EmailAddress RECIPIENT = EmailAddress.parse("to@example.net");
    private static final String WHOLE = "From: a@example.org\r\nDate: Sun, 01 Mar 2026 12:00:00 +0000\r\nMessage-Id: <1@example.org>\r\n";

    @Test
    void aCompleteMessageIsTheSameArray() {
        byte[] bytes = bytes(WHOLE + "Subject: x\r\n\r\nbody \t\r\n..\r\nlast line without an end");
        assertThat(new MimeRenderer().render(submission(bytes, SENDER), RECIPIENT, "id", ACCEPTED)).isSameAs(bytes);
    }

    @Test
    void signedMessagesStayAsTheyAreSoThatTheirSignaturesHold() throws IOException {
        int unchanged = 0;
        try (Stream<Path> files = Files.walk(COMMON.resolve("dkim"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".eml")).toList()) {
                byte[] bytes = LineEnds.toCrlf(Files.readAllBytes(file));
                byte[] rendered = render(bytes, SENDER);
                String added = text(rendered).substring(0, rendered.length - bytes.length);
                assertThat(text(rendered)).as(file.toString()).endsWith(text(bytes));
                assertThat(added).as(file.toString()).matches("(Date: [^\r\n]+\r\n)?(Message-ID: [^\r\n]+\r\n)?");
                unchanged += added.isEmpty() ? 1 : 0;
            }
        }
        assertThat(unchanged).isPositive();
    }

    @Test
    void noBareLineEndLeavesHere() throws IOException {
        List<String> sequences = Files.readAllLines(COMMON.resolve("smuggling/eod_sequences.tsv"));
        assertThat(sequences).hasSizeGreaterThan(3);
        for (String row : sequences.subList(1, sequences.size())) {
            String sequence = text(HexFormat.of().parseHex(row.split("\t")[1]));
            String whole = WHOLE + "\r\nbody" + sequence + "MAIL FROM:<x@example.org>\r\n";
            if (sequence.contains("\0")) {
                assertRefused(whole, SENDER, RefusalCode.MIME_MALFORMED);
                continue;
            }
            String rendered = text(render(bytes(whole), SENDER));
            assertCrlfOnly(rendered);
            assertThat(rendered.replaceAll("[\r\n]", "")).endsWith("body" + sequence.replaceAll("[\r\n]", "") + "MAIL FROM:<x@example.org>");
        }
    }

    @Property
    void everyMixtureOfLineEndsBecomesCrlf(@ForAll @Chars({'\r', '\n', '.', 'a', ' ', ':'}) String body) {
        String rendered = text(render(bytes("From: a@example.org\n" + body), SENDER));
        assertCrlfOnly(rendered);
        assertThat(rendered.replaceAll("[\r\n]", "")).endsWith(body.replaceAll("[\r\n]", ""));
    }

    @Test
    void hiddenAndOwnFieldsAreRemovedWithTheirContinuations() {
        String rendered = text(render(bytes("Return-Path: <x@y>\r\n" + WHOLE + "BCC : a@b,\r\n\tc@d\r\nX-Dromedary-Pool: a\nSubject: b\r"
                + "x-dromedary: stays\r\n\r\nBcc: body\r\n"), SENDER));
        assertThat(rendered).isEqualTo(WHOLE + "Subject: b\r\nx-dromedary: stays\r\n\r\nBcc: body\r\n");
    }

    @Test
    void whatIsMissingIsAddedAtTheTop() {
        assertThat(text(render(bytes("Subject: x\r\n\r\nbody\r\n"), SENDER))).isEqualTo("Date: Sun, 01 Mar 2026 12:00:00 +0000\r\n"
                + "From: sender@example.org\r\nMessage-ID: <id@example.org>\r\nSubject: x\r\n\r\nbody\r\n");
    }

    @Test
    void aBounceTakesTheDomainOfItsFromField() {
        assertThat(text(render(bytes("From: Mail <daemon@mx.example.org>\r\n\r\n"), null))).contains("\r\nMessage-ID: <id@mx.example.org>\r\n");
    }

    @Test
    void aBodyThatFollowsTheHeaderWithoutAnEmptyLineGetsOne() {
        assertThat(text(render(bytes(WHOLE + "no field\r\nBcc: x\r\n"), SENDER))).isEqualTo(WHOLE + "\r\nno field\r\nBcc: x\r\n");
    }

    @Test
    void refusesWhatHasNoHeaderSectionOrNoOriginator() {
        for (String text : List.of("", "\r\nFrom: a@b\r\n", "just text", " From: a@b\r\n", ": x\r\n", "From")) {
            assertRefused(text, SENDER, RefusalCode.MIME_MALFORMED);
        }
        assertRefused("Subject: x\r\n\r\n", null, RefusalCode.MIME_MALFORMED);
        assertRefused("Subject: x\r\n\r\na\0b", SENDER, RefusalCode.MIME_MALFORMED);
    }

    @Test
    void refusesTheFiftyFirstReceivedField() {
        String received = "Received: from a by b; x\r\n";
        assertThat(text(render(bytes(received.repeat(50) + WHOLE + "\r\n" + received), SENDER))).startsWith(received);
        assertRefused(received.repeat(51) + WHOLE + "\r\n", SENDER, RefusalCode.MAIL_LOOP);
    }

    private static void assertRefused(String message, @Nullable EmailAddress sender, RefusalCode code) {
        assertThatThrownBy(() -> render(bytes(message), sender)).as(message).isInstanceOfSatisfying(RefusedException.class,
                e -> assertThat(e.refusal().code()).isEqualTo(code));
    }

    private static void assertCrlfOnly(String text) {
        assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
    }

    private static byte[] render(byte[] raw, @Nullable EmailAddress sender) {
        return new MimeRenderer().render(submission(raw, sender), RECIPIENT, "id", ACCEPTED);
    }

    private static Submission submission(byte[] raw, @Nullable EmailAddress sender) {
        return new Submission(null, sender, List.of(RECIPIENT), new Content.Raw(raw), 100, null, null, "default", null, List.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
