package dev.dromedary.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dromedary.config.ReputationSettings;
import dev.dromedary.reputation.Subject.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Reputations on a clock of the test's own, with the default settings. */
class ReputationBookTest {
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private final ReputationBook book = new ReputationBook(TestReputation.settings(), () -> now);

    @Test
    void whatNothingIsKnownOfIsNeitherPraisedNorDamned() {
        assertThat(google().score()).isEqualTo(0.9);
        assertThat(google().text()).isEqualTo("0.90: nothing is known yet");
        learn(Signal.BLOCKED, 1);
        assertThat(google().score()).as("one block").isBetween(0.85, 0.9);
        learn(Signal.BLOCKED, 4);
        assertThat(google().score()).as("five of five").isBetween(0.2, 0.6);
    }

    @Test
    void threeComplaintsInAThousandSayNothingYetAndThirtyInTenThousandDo() {
        learn(Signal.ACCEPTED, 1_000);
        learn(Signal.COMPLAINT, 3);
        Part few = google().part(Grievance.COMPLAINT);
        assertThat(few.atLeast()).isCloseTo(0.0010, within(0.0001));
        assertThat(few.atMost()).isCloseTo(0.0088, within(0.0001));
        assertThat(few.keeps()).isGreaterThan(0.98);
        learn(Signal.ACCEPTED, 9_000);
        learn(Signal.COMPLAINT, 27);
        assertThat(google().part(Grievance.COMPLAINT).keeps()).isBetween(0.4, 0.7);
        assertThat(google().text()).startsWith("0.5").contains("because 0.30 % of 10000 accepted messages were complained about (at least 0.21 %)");
    }

    @Test
    void bouncesCostFromThreePerCentAndAllTheyCanFromTen() {
        learn(Signal.ACCEPTED, 970);
        learn(Signal.HARD_BOUNCE, 30);
        assertThat(google().part(Grievance.HARD_BOUNCE).costs()).isFalse();
        learn(Signal.HARD_BOUNCE, 130);
        assertThat(google().part(Grievance.HARD_BOUNCE).keeps()).isEqualTo(0.5);
    }

    @Test
    void theTextNamesWhatCostsMostFirstWithItsNumbers() {
        learn(Signal.ACCEPTED, 600);
        learn(Signal.DEFERRED, 130);
        learn(Signal.BLOCKED, 100);
        assertThat(google().text()).matches("0\\.\\d\\d because 1\\d\\.\\d % of 500 attempts were blocked \\(at least 1\\d\\.\\d %\\), 15\\.7 % of 830 attempts were deferred \\(at least 13\\.3 %\\)");
    }

    @Test
    void eachGrievanceIsForgottenAtItsOwnPaceWithItsAttempts() {
        learn(Signal.ACCEPTED, 100);
        learn(Signal.DEFERRED, 100);
        learn(Signal.BLOCKED, 100);
        now = now.plus(Duration.ofHours(6));
        Part deferral = google().part(Grievance.DEFERRAL);
        Part block = google().part(Grievance.BLOCK);
        assertThat(deferral.of()).isCloseTo(300 / 64.0, within(0.01));
        assertThat(deferral.share()).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(deferral.costs()).isFalse();
        assertThat(block.of()).isCloseTo(150, within(0.01));
        assertThat(block.keeps()).isZero();
    }

    @Test
    void whatSaysNothingAboutTheSenderCountsAsNothing() {
        learn(Signal.NEUTRAL, 1_000);
        assertThat(book.all()).isEmpty();
    }

    @Test
    void providersAndSubjectsAreKeptApartAndTogether() {
        learn(Signal.BLOCKED, 100);
        for (int i = 0; i < 100; i++) {
            book.learn(TestReputation.evidence("a", "yahoo", Signal.ACCEPTED));
        }
        assertThat(google().score()).isLessThan(0.1);
        assertThat(book.of("a", "yahoo").score()).isGreaterThan(0.9);
        assertThat(book.of("b", "google").score()).isEqualTo(0.9);
        Map<Subject, Reputation> all = book.all().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(all.keySet()).contains(new Subject(Kind.SENDER_DOMAIN, "shop.example", "google"), new Subject(Kind.STREAM, "news", "google"),
                new Subject(Kind.CAMPAIGN, "spring", "google"));
        assertThat(all.get(new Subject(Kind.POOL, "a", null)).part(Grievance.BLOCK).share()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aComplaintWithoutAPoolCountsForItsStreamAndCampaign() {
        learn(Signal.ACCEPTED, 10);
        book.learn(new Evidence("", "google", null, "news", "spring", Signal.COMPLAINT, Duration.ZERO));
        assertThat(google().part(Grievance.COMPLAINT).bad()).isZero();
        assertThat(of(Kind.STREAM, "news").part(Grievance.COMPLAINT).bad()).isEqualTo(1);
        assertThat(of(Kind.CAMPAIGN, "spring").part(Grievance.COMPLAINT).bad()).isEqualTo(1);
        assertThat(of(Kind.SENDER_DOMAIN, "shop.example").part(Grievance.COMPLAINT).bad()).isZero();
    }

    @Test
    void aChangeShowsAfterAHandfulOfAttemptsHoweverMuchWasGoodBefore() {
        learn(Signal.ACCEPTED, 1_000_000);
        learn(Signal.BLOCKED, 100);
        assertThat(google().score()).as("the memory holds 500 attempts").isLessThan(0.2);
    }

    @Test
    void namesFromOutsideCannotFillTheMemoryAndTheLongestUnheardGiveWay() {
        ReputationSettings few = new ReputationSettings(true, part(), part(), part(), part(), 0.95, 0.9, 100, 1_000);
        var bounded = new ReputationBook(few, () -> now);
        for (int i = 0; i < 20_000; i++) {
            now = now.plusSeconds(i % 10 == 0 ? 1 : 0);
            bounded.learn(new Evidence("a", "google", "d" + i + ".example", "news", "c" + i, Signal.ACCEPTED, Duration.ZERO));
        }
        List<String> left = bounded.all().stream().filter(one -> one.getKey().provider() != null).map(one -> one.getKey().name()).toList();
        assertThat(left).hasSizeLessThanOrEqualTo(1_000).contains("a", "news", "d19999.example", "c19999").doesNotContain("d0.example", "c1");
    }

    @Test
    void whatHasFadedIsLetGo() {
        learn(Signal.ACCEPTED, 10);
        book.beat();
        assertThat(book.all()).isNotEmpty();
        now = now.plus(Duration.ofDays(365));
        book.beat();
        assertThat(book.all()).isEmpty();
    }

    @Test
    void afterYearsTheSumsAreStillSound() {
        for (int week = 0; week < 500; week++) {
            learn(Signal.ACCEPTED, 10);
            learn(Signal.DEFERRED, 10);
            now = now.plus(Duration.ofDays(7));
        }
        learn(Signal.ACCEPTED, 10);
        assertThat(google().part(Grievance.DEFERRAL).of()).isCloseTo(10, within(1e-6));
        assertThat(google().part(Grievance.COMPLAINT).of()).isCloseTo(10 / (1 - Math.sqrt(0.5)), within(0.01));
        assertThat(google().score()).isBetween(0.9, 1.0);
    }

    @Test
    void whatOtherNodesKnowIsAddedAndReplaced() {
        var other = new ReputationBook(TestReputation.settings(), () -> now);
        for (int i = 0; i < 200; i++) {
            other.learn(TestReputation.evidence("a", "google", Signal.BLOCKED));
        }
        List<ReputationBook.Row> rows = other.takeChanged();
        now = now.plus(Duration.ofHours(6));
        learn(Signal.ACCEPTED, 100);
        book.others(rows);
        book.others(rows);
        assertThat(google().part(Grievance.BLOCK).share()).as("100 left of 200, and 100 of our own").isCloseTo(0.5, within(0.001));
        assertThat(book.takeChanged()).as("our own only").anySatisfy(row -> {
            assertThat(row.subject()).isEqualTo(new Subject(Kind.POOL, "a", "google"));
            assertThat(row.counts()[Evidences.bad(Grievance.BLOCK)]).isZero();
        });
        book.others(List.of());
        assertThat(google().part(Grievance.BLOCK).share()).isZero();
    }

    @Test
    void whatIsRestoredIsDecayedByTheTimeBetween() {
        learn(Signal.BLOCKED, 100);
        List<ReputationBook.Row> rows = book.takeChanged();
        assertThat(book.takeChanged()).isEmpty();
        book.giveBack(rows);
        assertThat(book.takeChanged()).hasSameSizeAs(rows);
        now = now.plus(Duration.ofHours(6));
        var again = new ReputationBook(TestReputation.settings(), () -> now);
        again.restore(rows);
        assertThat(again.of("a", "google").part(Grievance.BLOCK).bad()).isCloseTo(50, within(0.01));
        assertThat(again.of("a", "google").score()).isCloseTo(google().score(), within(1e-9));
    }

    private static ReputationSettings.Part part() {
        return new ReputationSettings.Part(Duration.ofHours(1), 0.1, 0.5, 0.5, 10, 1_000);
    }

    private Reputation of(Kind kind, String name) {
        return book.all().stream().filter(one -> one.getKey().equals(new Subject(kind, name, "google"))).findFirst().orElseThrow().getValue();
    }

    private void learn(Signal signal, int times) {
        for (int i = 0; i < times; i++) {
            book.learn(TestReputation.evidence("a", "google", signal));
        }
    }

    private Reputation google() {
        return book.of("a", "google");
    }
}
