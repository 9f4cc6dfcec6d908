package dev.dromedary.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateMeterTest {
    private final RateMeter meter = new RateMeter();

    @Test
    void theDifferenceOfTwoReadingsIsARate() {
        assertThat(read("a", 0, 100, 50).known()).isFalse();
        Rates rates = read("a", 2, 140, 60);
        assertThat(rates.total().accepted()).isEqualTo(20);
        assertThat(rates.total().delivered()).isEqualTo(5);
        assertThat(rates.provider("google").delivered()).isEqualTo(5);
        assertThat(rates.pair("google", "bulk").delivered()).isEqualTo(5);
        assertThat(rates.pool("other").delivered()).as("nothing went").isZero();
    }

    @Test
    void onlyTheLastTenSecondsCount() {
        read("a", 0, 0, 0);
        for (int second = 2; second <= 40; second += 2) {
            read("a", second, second < 20 ? 0 : (second - 20) * 7, 0);
        }
        assertThat(read("a", 42, 22 * 7, 0).total().accepted()).isEqualTo(7);
    }

    @Test
    void aNodeThatWasStartedAgainOrAnotherOneBeginsAnew() {
        read("a", 0, 1_000, 1_000);
        assertThat(read("a", 2, 10, 5).known()).isFalse();
        assertThat(read("a", 4, 20, 5).total().accepted()).isEqualTo(5);
        assertThat(read("b", 6, 5_000, 5_000).known()).isFalse();
    }

    private Rates read(String node, int second, int accepted, int delivered) {
        return meter.read(Samples.json("""
                {"node": "%s", "at": "2026-11-24T12:00:%02dZ", "accepted": [{"way": "http", "messages": %d}], "outcomes": [{"provider": "google", "pool": "bulk", "outcome": "delivered", "attempts": %d}]}"""
                .formatted(node, second, accepted, delivered)));
    }
}
