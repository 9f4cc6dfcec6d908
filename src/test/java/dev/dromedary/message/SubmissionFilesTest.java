package dev.dromedary.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionFilesTest {
    private static final String MAIL = "{\"from\":\"a@x.example\",\"to\":\"b@y.example\",\"text\":\"t\"}";
    private final SubmissionReader reader = new SubmissionReader(10, 10_000);

    @Test
    void readsLinesAndGoesOnAfterRefusedOnes() throws IOException {
        String file = MAIL + "\r\n\n  \n{\n" + "x".repeat(20_000) + "\n" + MAIL;

        List<String> lines = ndjson(file, 200);

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("1 to b@y.example");
        assertThat(lines.get(1)).startsWith("4 [JSON_MALFORMED]");
        assertThat(lines.get(2)).isEqualTo("5 [BODY_TOO_LARGE] line: 20000 octets; write at most 200 octets a line");
        assertThat(lines.get(3)).isEqualTo("6 to b@y.example");
    }

    @Test
    void allowsALineOfExactlyTheBoundWhateverItsLineEnd() throws IOException {
        assertThat(ndjson(MAIL + "\n" + MAIL, MAIL.length())).allMatch(line -> line.endsWith("to b@y.example")).hasSize(2);
        assertThat(ndjson(MAIL + "\n", MAIL.length() - 1)).singleElement().asString().startsWith("1 [BODY_TOO_LARGE]");
        assertThat(ndjson(MAIL + "\r\n" + MAIL + "\r\n", MAIL.length())).allMatch(line -> line.endsWith("to b@y.example")).hasSize(2);
    }

    @Test
    void endsWhereTheLinesEnd() throws IOException {
        try (var lines = new NdjsonReader(stream("\n", StandardCharsets.UTF_8), reader, 10)) {
            assertThat(lines.hasNext()).isFalse();
            assertThatThrownBy(lines::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void keepsNoMoreOfALineThanTheBound() throws IOException {
        try (var records = new BoundedRecords(stream("x".repeat(1_000_000) + "\ny", StandardCharsets.UTF_8), 1000, false)) {
            BoundedRecords.Cut first = records.next();

            assertThat(first).isNotNull();
            assertThat(first.bytes()).hasSize(1000);
            assertThat(first.length()).isEqualTo(1_000_000);
            assertThat(records.next()).isNotNull().extracting(BoundedRecords.Cut::line).isEqualTo(2L);
        }
    }

    @Test
    void passesOnThatAStreamCannotBeRead() {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatThrownBy(new NdjsonReader(broken, reader, 10)::hasNext).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(new CsvSubmissions(broken, reader, 10)::hasNext).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void readsRows() throws IOException {
        String file = "\uFEFFfrom,to,subject,text,header.X-Order,priority,tags,max_retries,max_age\r\n"
            + "Ann <a@x.example>,\"\"\"B; b\"\" <b@y.example>; c@z.example\",Grüße,\"line 1\r\nline \"\"2\"\"\",7,50,one;two,3,5m\r\n"
            + "a@x.example,nobody,,t,,,,,\n"
            + "a@x.example,b@y.example,,t,,urgent,,,\n"
            + "a@x.example,b@y.example,,t\n";
        List<Submission> submissions = new ArrayList<>();

        List<String> lines = csv(file, StandardCharsets.UTF_8, 1000, submissions);

        assertThat(lines).element(0).isEqualTo("2 to b@y.example");
        assertThat(lines).element(1).asString().startsWith("4 [ADDRESS_MALFORMED] to[0]: nobody;");
        assertThat(lines).element(2).isEqualTo("5 to b@y.example");
        assertThat(lines).element(3).asString().startsWith("6 [FIELD_INVALID] row: 4 cells; write 9");
        Submission first = submissions.get(0);
        assertThat(first.to()).extracting(EmailAddress::toString).containsExactly("b@y.example", "c@z.example");
        assertThat(first.priority()).isEqualTo(50);
        assertThat(first.maxRetries()).isEqualTo(3);
        assertThat(first.terms().maxAge()).isEqualTo(java.time.Duration.ofMinutes(5));
        assertThat(first.tags()).containsExactly("one", "two");
        var content = (Content.Composed) first.content();
        assertThat(content.text()).isEqualTo("line 1\r\nline \"2\"");
        assertThat(content.headers()).containsExactly(new Header("From", "Ann <a@x.example>"), new Header("X-Order", "7"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "FIELD_UNKNOWN | column | from,too",
        "FIELD_UNKNOWN | column | from,attachments",
        "FIELD_INVALID | column | from,from",
        "BODY_TOO_LARGE | line | from,to,subject,text,html,raw,campaign,stream"})
    void readsNothingUnderAFirstRowThatIsRefused(RefusalCode code, String subject, String row) throws IOException {
        assertThat(csv(row + "\na@x,b@y\n", StandardCharsets.UTF_8, 30, new ArrayList<>()))
            .singleElement().asString().startsWith("1 [" + code + "] " + subject + ": ");
    }

    @Test
    void refusesRowsByThemselves() throws IOException {
        String file = "from,to,text,header.Bcc\na@x,b@y,ü,\na@x,b@y," + "t".repeat(100) + ",\na@x,b@y,t,c@z\na@x,b@y,t,\na@x,b@y,\"t,";

        List<String> lines = csv(file, StandardCharsets.ISO_8859_1, 40, new ArrayList<>());

        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).startsWith("2 [CHARSET_INVALID] row: octet 0xFC at offset 8;");
        assertThat(lines.get(1)).startsWith("3 [BODY_TOO_LARGE] line: ");
        assertThat(lines.get(2)).startsWith("4 [HEADER_FORBIDDEN] headers: Bcc;");
        assertThat(lines.get(3)).isEqualTo("5 to b@y");
        assertThat(lines.get(4)).startsWith("6 [FIELD_INVALID] row: ");
    }

    @Test
    void knowsNoRowsWithoutAFirstOne() throws IOException {
        assertThat(csv("", StandardCharsets.UTF_8, 10, new ArrayList<>())).isEmpty();
        assertThat(csv("from,to\n", StandardCharsets.UTF_8, 10, new ArrayList<>())).isEmpty();
    }

    private List<String> ndjson(String file, int bound) throws IOException {
        try (var lines = new NdjsonReader(stream(file, StandardCharsets.UTF_8), reader, bound)) {
            return texts(lines, new ArrayList<>());
        }
    }

    private List<String> csv(String file, Charset charset, int bound, List<Submission> submissions) throws IOException {
        try (var rows = new CsvSubmissions(stream(file, charset), reader, bound)) {
            return texts(rows, submissions);
        }
    }

    private static List<String> texts(Iterator<NdjsonReader.Line> lines, List<Submission> submissions) {
        List<String> texts = new ArrayList<>();
        lines.forEachRemaining(line -> {
            if (line instanceof NdjsonReader.Line.Refused refused) {
                texts.add(refused.number() + " " + refused.refusal().text());
            } else if (line instanceof NdjsonReader.Line.Read read) {
                submissions.add(read.submission());
                texts.add(read.number() + " to " + read.submission().to().get(0));
            }
        });
        return texts;
    }

    private static InputStream stream(String text, Charset charset) {
        return new ByteArrayInputStream(text.getBytes(charset));
    }
}
