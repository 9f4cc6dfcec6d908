package dev.dromedary.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.BodyPart;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComposedMessageTest {
    private static final Instant ACCEPTED = Instant.parse("2026-03-01T12:00:00Z");
    private static final EmailAddress SENDER = EmailAddress.parse("sender@example.org");
    private static final EmailAddress RECIPIENT = EmailAddress.parse("to@example.net");
    private static final Pattern URI_ESCAPE = Pattern.compile("(%[0-9a-fA-F]{2})+");
    private static final Session SESSION = Session.getInstance(new Properties());

    @Test
    void aPlainMessageHoldsWhatRfc5322AsksForAndNoMore() {
        assertThat(text(render(composed("Hello", "Hi\nthere", null, List.of(), List.of())))).isEqualTo("""
                Date: Sun, 01 Mar 2026 12:00:00 +0000
                From: sender@example.org
                To: to@example.net
                Subject: Hello
                Message-ID: <m%401.2@example.org>
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 7bit

                Hi
                there
                """.replace("\n", "\r\n"));
    }

    @Test
    void textHtmlInlineAndAttachedFilesComeBackThroughAnotherReader() throws Exception {
        byte[] picture = {(byte) 0x89, 'P', 0, '\r', '\n', -1};
        String name = "\u00dcbersicht \"2026\" \u2014 a very long name that takes more than one section \ud83d\udc2a.pdf";
        var files = List.of(new Attachment("logo.png", "image/png", picture, "logo@example.org"),
                new Attachment(name, "application/pdf", new byte[5000], null));
        String html = "<img src=\"cid:logo@example.org\">\u00e9=20 \r\n--=_1_ \n" + "x".repeat(2000);
        MimeMessage message = parse(render(composed("Gr\u00fc\u00dfe \ud83d\udc2a".repeat(20), "\u4f60\u597d\n.\n", html, List.of(), files)));

        assertThat(message.getSubject()).isEqualTo("Gr\u00fc\u00dfe \ud83d\udc2a".repeat(20));
        MimeMultipart mixed = multipart(message.getContent(), "multipart/mixed", 2);
        MimeMultipart alternative = multipart(mixed.getBodyPart(0).getContent(), "multipart/alternative", 2);
        assertThat(alternative.getBodyPart(0).getContent()).isEqualTo("\u4f60\u597d\r\n.\r\n");
        MimeMultipart related = multipart(alternative.getBodyPart(1).getContent(), "multipart/related", 2);
        assertThat(((String) related.getBodyPart(0).getContent()).strip()).isEqualTo(html.replace(" \n", " \r\n"));
        assertFile(related.getBodyPart(1), "logo.png", picture);
        assertThat(((MimeBodyPart) related.getBodyPart(1)).getContentID()).isEqualTo("<logo@example.org>");
        assertFile(mixed.getBodyPart(1), name, new byte[5000]);
    }

    @Test
    void namesInAddressFieldsAreEncodedAndAddressesAreNot() throws Exception {
        var headers = List.of(new Header("From", "J\u00fcrgen M\u00fcller <juergen@example.org>"),
                new Header("To", "Ren\u00e9 <rene@example.org>, list@example.org"));
        MimeMessage message = parse(render(composed("", "x", null, headers, List.of())));
        assertThat(message.getFrom()).containsExactly(new InternetAddress("juergen@example.org"));
        assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo("J\u00fcrgen M\u00fcller");
        assertThat(message.getRecipients(RecipientType.TO)).hasSize(2);
        assertThat(message.getHeader("Subject")).isNull();
    }

    @Property(tries = 500)
    void theHeaderSectionHoldsExactlyTheFieldsSetWhateverTheStrings(@ForAll @StringLength(max = 300) String subject,
            @ForAll @Size(max = 4) List<@StringLength(max = 1200) String> values) throws MessagingException {
        List<Header> headers = new ArrayList<>();
        values.forEach(v -> headers.add(new Header("X-Field-" + headers.size(), v)));
        byte[] rendered = render(composed(subject, "x", null, headers, List.of()));
        List<String> names = new ArrayList<>();
        for (String line : text(rendered).split("\r\n\r\n")[0].split("\r\n")) {
            if (!line.startsWith(" ")) {
                names.add(line.substring(0, line.indexOf(':')));
            }
        }
        List<String> expected = new ArrayList<>(List.of("Date", "From", "To", "Subject", "Message-ID"));
        expected.removeIf(n -> n.equals("Subject") && subject.isEmpty());
        headers.forEach(h -> expected.add(h.name()));
        expected.addAll(List.of("MIME-Version", "Content-Type", "Content-Transfer-Encoding"));
        assertThat(names).isEqualTo(expected);
        assertTransportable(rendered);
    }

    @Property(tries = 1000)
    void anAddressFieldIsOneFieldOrIsRefused(@ForAll @StringLength(max = 100) String name, @ForAll boolean mailbox)
            throws MessagingException {
        var headers = List.of(new Header("Reply-To", mailbox ? name + " \u00e4 <a@example.org>" : name));
        try {
            byte[] rendered = render(composed("s", "x", null, headers, List.of()));
            assertThat(text(rendered).split("\r\n\r\n")[0].lines().filter(line -> !line.startsWith(" "))).hasSize(9);
            assertThat(text(rendered).replace("\r\n", "")).doesNotContain("\r", "\n");
        } catch (RefusedException e) {
            assertThat(e.refusal().code()).isEqualTo(RefusalCode.HEADER_MALFORMED);
        }
    }

    @Test
    void noWrittenFormOfALineEndStartsAnotherField() throws Exception {
        for (String row : Files.readAllLines(Path.of("../shared/data/common/smuggling/crlf_encodings.txt"))) {
            for (String end : List.of(row, row.replace("\\r", "\r").replace("\\n", "\n"), URI_ESCAPE.matcher(row).replaceAll("\r\n"))) {
                var headers = List.of(new Header("X-A", "a" + end + "X-Evil: 1"));
                MimeMessage message = parse(render(composed("s" + end + "X-Evil: 1", "x", null, headers, List.of())));
                assertThat(message.getHeader("X-Evil")).as(row).isNull();
            }
        }
    }

    @Test
    void anAddressBeyondAsciiStaysReadable() {
        var sender = EmailAddress.parse("j\u00fcrgen@example.org");
        var content = composed("s", "t", null, List.of(), List.of());
        var submission = new Submission(null, sender, List.of(RECIPIENT), content, 100, null, null, "default", null, List.of());
        byte[] rendered = new MimeRenderer().render(submission, RECIPIENT, "id", ACCEPTED);
        assertThat(new String(rendered, StandardCharsets.UTF_8)).contains("\r\nFrom: j\u00fcrgen@example.org\r\n");
    }

    @Property(tries = 500)
    void subjectsComeBackAsTheyWere(@ForAll @StringLength(max = 200) String subject) throws MessagingException {
        String whole = new String(subject.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\u0080-\u009f]", "_");
        String read = parse(render(composed("s" + whole, "x", null, List.of(), List.of()))).getSubject();
        assertThat(read).isEqualTo("s" + whole);
    }

    @Property(tries = 300)
    void bodiesComeBackAsTheyWere(@ForAll @StringLength(max = 3000) String body, @ForAll boolean asciiOnly) throws Exception {
        String clean = new String((asciiOnly ? body.replaceAll("[^\\x00-\\x7f]", "-=_ ") : body).getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8);
        byte[] rendered = render(composed("s", clean + "|", "<p>" + clean, List.of(), List.of()));
        assertTransportable(rendered);
        MimeMultipart alternative = multipart(parse(rendered).getContent(), "multipart/alternative", 2);
        assertThat(((String) alternative.getBodyPart(0).getContent()).stripTrailing())
                .isEqualTo((clean + "|").replaceAll("\r\n|\r|\n", "\r\n"));
    }

    @Test
    void aForwardedMessageGoesAsItIsAndOneBeyondSevenBitAsAPlainFile() throws Exception {
        byte[] plain = "Subject: a\r\n\r\nb\r\n".getBytes(StandardCharsets.UTF_8);
        byte[] beyond = "Subject: \u00e4\r\n\r\nb\r\n".getBytes(StandardCharsets.UTF_8);
        var files = List.of(new Attachment("a.eml", "message/rfc822", plain, null), new Attachment("b.eml", "message/rfc822", beyond, null),
                new Attachment("c", "no type\r\nX-Evil: 1", plain, null));
        MimeMultipart mixed = multipart(parse(render(composed("s", null, null, List.of(), files))).getContent(), "multipart/mixed", 3);
        assertThat(((MimeMessage) mixed.getBodyPart(0).getContent()).getSubject()).isEqualTo("a");
        assertThat(mixed.getBodyPart(1).getContentType()).isEqualTo("application/octet-stream");
        assertFile(mixed.getBodyPart(1), "b.eml", beyond);
        assertThat(mixed.getBodyPart(2).getContentType()).isEqualTo("application/octet-stream");
        assertThat(mixed.getBodyPart(2).getHeader("X-Evil")).isNull();
    }

    @Test
    void theSameArgumentsGiveTheSameBytes() {
        var content = composed("s", "t", "<p>", List.of(), List.of(new Attachment("a", "b/c", new byte[10], null)));
        assertThat(render(content)).isEqualTo(render(content));
    }

    @Test
    void hiddenRecipientsAreLeftOut() {
        var headers = List.of(new Header("Bcc", "x@example.org"), new Header("X-Dromedary-Pool", "p"), new Header("X-Kept", "k"));
        assertThat(text(render(composed("s", "t", null, headers, List.of())))).contains("X-Kept: k\r\n").doesNotContain("Bcc", "Dromedary");
    }

    @Test
    void refusesFieldsThatItMakesItselfAndThoseGivenTwice() {
        assertRefused(List.of(new Header("Content-Type", "text/html")), RefusalCode.HEADER_FORBIDDEN);
        assertRefused(List.of(new Header("X: y\r\nBcc", "text/html")), RefusalCode.HEADER_MALFORMED);
        assertRefused(List.of(new Header("Reply-To", "a@b"), new Header("reply-to", "a@c")), RefusalCode.HEADER_MALFORMED);
        assertRefused(List.of(new Header("Subject", "another")), RefusalCode.HEADER_MALFORMED);
        assertRefused(List.of(new Header("References", "<\u00e4@b>")), RefusalCode.HEADER_MALFORMED);
    }

    private static void assertRefused(List<Header> headers, RefusalCode code) {
        assertThatThrownBy(() -> render(composed("s", "t", null, headers, List.of()))).isInstanceOfSatisfying(RefusedException.class,
                e -> assertThat(e.refusal().code()).isEqualTo(code));
    }

    private static void assertFile(BodyPart part, String name, byte[] content) throws Exception {
        assertThat(part.getFileName()).isEqualTo(name);
        assertThat(part.getInputStream().readAllBytes()).isEqualTo(content);
    }

    /** What a server without 8BITMIME takes (RFC 5321 section 4.5.3.1.6). */
    private static void assertTransportable(byte[] message) {
        assertThat(text(message)).endsWith("\r\n");
        assertThat(Arrays.asList(text(message).split("\r\n", -1))).allMatch(line -> line.length() <= 998
                && line.chars().allMatch(c -> c < 128 && c != '\r' && c != '\n' && c != 0));
    }

    private static MimeMultipart multipart(Object content, String type, int parts) throws MessagingException {
        assertThat(content).isInstanceOf(MimeMultipart.class);
        var multipart = (MimeMultipart) content;
        assertThat(multipart.getContentType()).startsWith(type);
        assertThat(multipart.getCount()).isEqualTo(parts);
        return multipart;
    }

    private static MimeMessage parse(byte[] bytes) throws MessagingException {
        return new MimeMessage(SESSION, new ByteArrayInputStream(bytes));
    }

    private static byte[] render(Content.Composed content) {
        var submission =
                new Submission(null, SENDER, List.of(RECIPIENT), content, 100, null, null, "default", null, List.of());
        return new MimeRenderer().render(submission, RECIPIENT, "m@1.2", ACCEPTED);
    }

    private static Content.Composed composed(String subject, @Nullable String text, @Nullable String html, List<Header> headers,
            List<Attachment> attachments) {
        return new Content.Composed(subject, text, html, headers, attachments);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
