package dev.dromedary.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Whatever comes of attempts, scores keep to what they promise. */
class ReputationPropertyTest {
    private static final Signal[] BAD = {Signal.DEFERRED, Signal.BLOCKED, Signal.HARD_BOUNCE, Signal.COMPLAINT};

    private Instant now = Instant.parse("2026-03-01T00:00:00Z");

    /** So many of one kind, and the seconds before them. */
    record Run(Signal signal, int times, int seconds) {
    }

    @Provide
    Arbitrary<List<Run>> histories() {
        Arbitrary<Signal> signals = Arbitraries.frequency(Tuple.of(6, Signal.ACCEPTED), Tuple.of(1, Signal.DEFERRED),
                Tuple.of(1, Signal.BLOCKED), Tuple.of(1, Signal.HARD_BOUNCE), Tuple.of(1, Signal.COMPLAINT), Tuple.of(1, Signal.NEUTRAL));
        return Combinators.combine(signals, Arbitraries.integers().between(1, 300), Arbitraries.integers().between(0, 100_000)).as(Run::new)
                .list().ofMinSize(1).ofMaxSize(20);
    }

    @Property(tries = 300)
    void everythingStaysWithinItsBounds(@ForAll("histories") List<Run> history) {
        ReputationBook book = after(history);
        for (var one : book.all()) {
            Reputation reputation = one.getValue();
            assertThat(reputation.score()).isBetween(0.0, 1.0);
            assertThat(reputation.logOdds()).isFinite();
            assertThat(reputation.spread()).isFinite().isPositive();
            assertThat(reputation.text()).doesNotContain("NaN");
            assertThat(reputation.parts()).allSatisfy(part -> {
                assertThat(part.share()).isBetween(0.0, 1.0);
                assertThat(part.atLeast()).isBetween(0.0, part.share() + 1e-9);
                assertThat(part.atMost()).isBetween(part.share() - 1e-9, 1.0);
                assertThat(part.keeps()).isBetween(0.0, 1.0);
            });
        }
    }

    @Property(tries = 300)
    void aBadOutcomeNeverRaisesTheScoreOfItsGrievance(@ForAll("histories") List<Run> history, @ForAll @IntRange(max = 3) int which) {
        ReputationBook book = after(history);
        double before = book.of("a", "google").part(Grievance.values()[which]).keeps();
        book.learn(TestReputation.evidence("a", "google", BAD[which]));
        assertThat(book.of("a", "google").part(Grievance.values()[which]).keeps()).isLessThanOrEqualTo(before + 1e-9);
    }

    @Property(tries = 300)
    void anAcceptedMessageNeverLowersTheScore(@ForAll("histories") List<Run> history) {
        ReputationBook book = after(history);
        double before = book.of("a", "google").score();
        book.learn(TestReputation.evidence("a", "google", Signal.ACCEPTED));
        // Made anew with the next second.
        now = now.plusMillis(1_000 - now.toEpochMilli() % 1_000);
        assertThat(book.of("a", "google").score()).isGreaterThanOrEqualTo(before - 1e-4);
    }

    @Property(tries = 300)
    void timeForgivesAndForgets(@ForAll("histories") List<Run> history) {
        ReputationBook book = after(history);
        double[] kept = book.of("a", "google").parts().stream().mapToDouble(Part::keeps).toArray();
        for (int day = 0; day < 10; day++) {
            now = now.plus(Duration.ofDays(30));
            double[] later = book.of("a", "google").parts().stream().mapToDouble(Part::keeps).toArray();
            for (int i = 0; i < kept.length; i++) {
                assertThat(later[i]).isGreaterThanOrEqualTo(kept[i] - 1e-9);
            }
            kept = later;
        }
        now = now.plus(Duration.ofDays(365));
        assertThat(book.of("a", "google").score()).isCloseTo(0.9, within(0.001));
    }

    private ReputationBook after(List<Run> history) {
        var book = new ReputationBook(TestReputation.settings(), () -> now);
        for (Run run : history) {
            now = now.plusSeconds(run.seconds());
            for (int i = 0; i < run.times(); i++) {
                book.learn(TestReputation.evidence("a", "google", run.signal()));
            }
        }
        return book;
    }
}
