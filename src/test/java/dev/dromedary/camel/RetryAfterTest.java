package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant TIME = Instant.parse("1994-11-06T08:49:37Z");

    @Test
    void secondsAreFromNow() {
        assertThat(RetryAfter.read("0", NOW)).isEqualTo(NOW);
        assertThat(RetryAfter.read("120", NOW)).isEqualTo(NOW.plusSeconds(120));
        assertThat(RetryAfter.read("999999999999999999", NOW)).as("bounded").isEqualTo(NOW.plus(Duration.ofDays(3650)));
    }

    /** The examples of RFC 9110 section 5.6.7. */
    @Test
    void aTimeIsReadInEachOfTheThreeForms() {
        assertThat(RetryAfter.read("Sun, 06 Nov 1994 08:49:37 GMT", NOW)).isEqualTo(TIME);
        assertThat(RetryAfter.read("Sunday, 06-Nov-94 08:49:37 GMT", NOW)).isEqualTo(TIME);
        assertThat(RetryAfter.read("Sun Nov  6 08:49:37 1994", NOW)).isEqualTo(TIME);
        assertThat(RetryAfter.read("Monday, 02-Mar-26 11:00:00 GMT", NOW)).isEqualTo(Instant.parse("2026-03-02T11:00:00Z"));
        assertThat(RetryAfter.read("Wed Nov 16 08:49:37 1994", NOW)).isEqualTo(Instant.parse("1994-11-16T08:49:37Z"));
    }

    @Test
    void anythingElseSaysNothing() {
        for (String text : new String[] {"", "-1", "1.5", "soon", "12 s", "9999999999999999999", "Sun, 06 Nov 1994 08:49:37 CET", "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT x"}) {
            assertThat(RetryAfter.read(text, NOW)).as(text).isNull();
        }
    }
}
