package dev.dromedary.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is put into a field, no line break or control character comes out where a header field or an SMTP line is made of it. */
class SubmissionInjectionTest {
    private final SubmissionReader reader = new SubmissionReader(10, 100_000);
    private final JsonMapper mapper = new JsonMapper();

    @Property(tries = 3000)
    void letsNoControlCharacterThrough(@ForAll("hostile") String text, @ForAll("places") String place) throws JsonProcessingException {
        byte[] json = mapper.writeValueAsString(submission(place, text)).getBytes(StandardCharsets.UTF_8);
        try {
            assertThat(texts(reader.readJson(json))).allMatch(SubmissionInjectionTest::isOneLine);
        } catch (RefusedException refused) {
            assertThat(refused.refusal().text().chars()).noneMatch(Character::isISOControl);
        }
    }

    @Property(tries = 1000)
    void letsNoControlCharacterThroughFromRawMail(@ForAll("hostile") String text, @ForAll("fields") String field) {
        byte[] mail = ("From: a@x.example\nReply-To: r@x.example\n" + field + ": " + text + "\n\nbody").getBytes(StandardCharsets.UTF_8);
        try {
            assertThat(texts(reader.readRaw(mail, null, List.of(), Map.of("campaign", text)))).allMatch(SubmissionInjectionTest::isOneLine);
        } catch (RefusedException refused) {
            assertThat(refused.refusal().text().chars()).noneMatch(Character::isISOControl);
        }
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> harmless = Arbitraries.of("a", "b@y.example", "<", ">", "A <c@y.example>", "\"", ": ", "Bcc", ",", ";", "text/plain", "ü", "=?utf-8?q?=0A?=");
        Arbitrary<String> controls = Arbitraries.of("\r\n", "\n", "\r", "\u0000", "\t", "\u000b", "\u0085", "\u2028", "\u007f", "\r\n.\r\n", "\r\nBcc: z@z\r\n");
        return Arbitraries.frequencyOf(Tuple.of(4, harmless), Tuple.of(1, controls))
            .list().ofMinSize(1).ofMaxSize(5).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> places() {
        return Arbitraries.of("from", "to", "subject", "headers.X", "headers.", "filename", "content_type", "content_id", "campaign", "tags", "stream",
            "message_id", "scheduled_time", "priority", "unknown");
    }

    @Provide
    Arbitrary<String> fields() {
        return Arbitraries.of("To", "Cc", "Bcc", "X-Dromedary-Stream", "X-Dromedary-Campaign", "X-Dromedary-Tags");
    }

    private ObjectNode submission(String place, String text) {
        ObjectNode mail = mapper.createObjectNode().put("from", "a@x.example").put("to", "b@y.example").put("text", "t");
        ObjectNode attachment = mapper.createObjectNode().put("filename", "a").put("content_type", "text/plain").put("content", "");
        switch (place) {
            case "unknown" -> mail.put(text, 1);
            case "headers.X" -> mail.putObject("headers").put("X", text);
            case "headers." -> mail.putObject("headers").put(text, "1");
            case "filename", "content_type", "content_id" -> mail.putArray("attachments").add(attachment.put(place, text));
            default -> mail.put(place, text);
        }
        return mail;
    }

    private static List<String> texts(Submission submission) {
        Stream<Object> envelope = Stream.of(submission.messageId(), submission.from(), submission.stream(), submission.campaign())
            .filter(Objects::nonNull).map(Object.class::cast);
        Stream<Object> lists = Stream.concat(submission.to().stream(), submission.tags().stream());
        Stream<Object> content = submission.content() instanceof Content.Composed composed ? Stream.of(
                Stream.of(composed.subject()),
                composed.headers().stream().flatMap(header -> Stream.of(header.name(), header.value())),
                composed.attachments().stream().flatMap(a -> Stream.of(a.filename(), a.contentType(), String.valueOf(a.contentId()))))
            .flatMap(texts -> texts) : Stream.of();
        return Stream.of(envelope, lists, content).flatMap(texts -> texts).map(Object::toString).toList();
    }

    private static boolean isOneLine(String text) {
        return text.chars().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }
}
