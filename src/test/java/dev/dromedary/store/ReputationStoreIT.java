package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Grievance;
import dev.dromedary.reputation.ReputationBook;
import dev.dromedary.reputation.Signal;
import dev.dromedary.reputation.Subject;
import dev.dromedary.reputation.Subject.Kind;
import dev.dromedary.reputation.TestReputation;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Evidence that several nodes share through one database. */
class ReputationStoreIT {
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private final ReputationStore one = new ReputationStore(TestDatabase.dataSource(), "one", TestReputation.settings());
    private final ReputationStore two = new ReputationStore(TestDatabase.dataSource(), "two", TestReputation.settings());

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty();
    }

    @Test
    void whatANodeWritesItAloneReadsAsItsOwnAndTheOthersReadAsAnothers() throws SQLException {
        ReputationBook book = book();
        learn(book, Signal.BLOCKED, 100);
        List<ReputationBook.Row> rows = book.takeChanged();
        one.write(rows, now);
        assertThat(one.own()).usingRecursiveFieldByFieldElementComparator().containsExactlyInAnyOrderElementsOf(rows);
        assertThat(two.own()).isEmpty();
        assertThat(one.others(Instant.EPOCH)).isEmpty();
        assertThat(two.others(Instant.EPOCH)).hasSameSizeAs(rows).allSatisfy(heard -> assertThat(heard.node()).isEqualTo("one"));
        assertThat(two.others(now.plusSeconds(1))).isEmpty();
    }

    @Test
    void aLaterWriteReplacesTheEarlier() throws SQLException {
        ReputationBook book = book();
        learn(book, Signal.ACCEPTED, 10);
        one.write(book.takeChanged(), now);
        now = now.plus(Duration.ofHours(1));
        learn(book, Signal.ACCEPTED, 10);
        one.write(book.takeChanged(), now);
        ReputationBook again = book();
        again.restore(one.own());
        assertThat(again.of("a", "google").part(Grievance.DEFERRAL).of()).as("half of the first ten").isCloseTo(15, within(0.01));
    }

    @Test
    void whatHasFadedIsDeletedAndNamesThatCannotBeStoredAreLeftOut() throws SQLException {
        ReputationBook book = book();
        book.learn(new Evidence("a", "google", null, "news", "nu\0l", Signal.ACCEPTED, Duration.ZERO));
        one.write(book.takeChanged(), now);
        assertThat(one.own()).extracting(ReputationBook.Row::subject).containsExactlyInAnyOrder(new Subject(Kind.POOL, "a", "google"), new Subject(Kind.STREAM, "news", "google"));
        two.write(List.of(), now.plus(Duration.ofDays(200)));
        assertThat(one.own()).isEmpty();
    }

    private ReputationBook book() {
        return new ReputationBook(TestReputation.settings(), () -> now);
    }

    private static void learn(ReputationBook book, Signal signal, int times) {
        for (int i = 0; i < times; i++) {
            book.learn(TestReputation.evidence("a", "google", signal));
        }
    }
}
