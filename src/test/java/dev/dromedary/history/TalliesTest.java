package dev.dromedary.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.event.EventKind;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TalliesTest {
    private final Tallies tallies = new Tallies();

    @Test
    void eachSampleHasWhatPassedSinceTheLastAndNoMore() {
        tallies.accepted("http", 3);
        tallies.attempted(envelope("news"), "a", EventKind.DELIVERED, 20, 500);
        tallies.attempted(envelope("news"), "a", EventKind.BOUNCED, 30, 500);
        tallies.attempted(envelope("news"), "a", EventKind.SUPPRESSED, 30, 500);
        List<SeriesSample> taken = tallies.take();
        assertThat(taken).extracting(SeriesSample::counts).containsExactlyInAnyOrder(new Counts(3, 0, 0, 0, 0, 0), new Counts(0, 1, 0, 1, 0, 0));
        SeriesSample out = taken.stream().filter(one -> one.series().pool().equals("a")).findFirst().orElseThrow();
        assertThat(out.delivery().count()).isOne();
        assertThat(out.smtp().count()).isEqualTo(2);
        assertThat(tallies.take()).isEmpty();
    }

    @Test
    void streamsWithoutEndAreCountedTogether() {
        for (int i = 0; i < 1000; i++) {
            tallies.attempted(envelope("s" + i), "a", EventKind.DELIVERED, 1, 1);
        }
        List<SeriesSample> taken = tallies.take();
        assertThat(taken).hasSize(BoundedLabel.MOST + 1);
        assertThat(taken.stream().mapToLong(one -> one.counts().delivered()).sum()).isEqualTo(1000);
    }

    private static Envelope envelope(String stream) {
        return new Envelope("m", "m", null, EmailAddress.parse("ann@example.com"), "other", stream, null, List.of(), 4, 3, Instant.EPOCH, 1, 1);
    }
}
