package dev.dromedary.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpEndOfDataTest {
    private static final int LIMIT = 100_000;

    @ParameterizedTest
    @ValueSource(strings = {"a\n.\n", "a\r.\r", "a\r\n.\n", "a\r\n.\r", "a\n.\r\n", "a\r.\r\n", "a\r\n\0.\r\n", "a\r\n.\0\r\n", "a\r\n.\r\0\n",
            "a\r\0\n.\r\n", "a\r\n..\r\n", "a.\r\n", "a\r\r\n.\r"})
    void only_crlf_dot_crlf_ends_data(String text) {
        assertThat(taken(text, text.length())).isNull();
    }

    @Test
    void a_dot_alone_on_the_first_line_ends_an_empty_message() {
        assertThat(taken(".\r\n", 3)).isEmpty();
    }

    @Test
    void what_follows_the_end_is_left_alone() {
        byte[] bytes = "a\r\n.\r\nQUIT\r\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(new SmtpEndOfData().take(bytes, 0, bytes.length, body())).isEqualTo(6);
    }

    @Test
    void a_carriage_return_after_a_leading_dot_is_content_unless_a_line_feed_follows() {
        assertThat(taken(".\rx\r\n.\r\n", 100)).isEqualTo("\rx\r\n");
        assertThat(taken(".\r\r\n.\r\n", 100)).isEqualTo("\r\r\n");
    }

    @Property
    void stuffing_and_reading_in_any_pieces_gives_the_content_back(@ForAll("contents") String content, @ForAll @IntRange(min = 1, max = 7) int piece) {
        String text = content + "\r\n";
        String stuffed = ("\r\n" + text).replace("\r\n.", "\r\n..").substring(2) + ".\r\n";
        assertThat(taken(stuffed, piece)).isEqualTo(text);
    }

    @Property
    void where_data_ends_does_not_depend_on_how_it_is_cut(@ForAll("contents") String wire, @ForAll @IntRange(min = 1, max = 5) int piece) {
        assertThat(taken(wire, piece)).isEqualTo(taken(wire, Math.max(1, wire.length())));
    }

    @Property
    void data_ends_exactly_where_the_text_has_a_dot_between_line_ends(@ForAll("contents") String wire) {
        assertThat(taken(wire, Math.max(1, wire.length())) != null).isEqualTo(("\r\n" + wire).contains("\r\n.\r\n"));
    }

    @Provide
    Arbitrary<String> contents() {
        return Arbitraries.of(List.of("\r", "\n", "\r\n", ".", "a", "\0", "\r\n.")).list().ofMaxSize(30).map(parts -> String.join("", parts));
    }

    private static SmtpBody body() {
        return new SmtpBody(new SmtpMemory(LIMIT), LIMIT, 0);
    }

    /** The content, or null where the text does not end it. */
    private static String taken(String wire, int piece) {
        byte[] bytes = wire.getBytes(StandardCharsets.ISO_8859_1);
        var body = body();
        var endOfData = new SmtpEndOfData();
        for (int from = 0; from < bytes.length; from += piece) {
            if (endOfData.take(bytes, from, Math.min(bytes.length, from + piece), body) >= 0) {
                return new String(body.content(), StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }
}
