package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.reaction.ActiveReaction;
import dev.dromedary.reaction.ReactionAction;
import dev.dromedary.reaction.RecoveryStep;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reactions that several nodes share through the database. */
class ReactionStoreIT {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final ReactionStore store = new ReactionStore(TestDatabase.dataSource());

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty();
    }

    @Test
    void whatIsWrittenIsReadTheSame() throws SQLException {
        ActiveReaction known = reaction("one", 10, 2.5);
        ActiveReaction unknown = reaction("two", 10, Double.NaN);
        store.write(List.of(known, unknown), NOW);
        assertThat(store.active(NOW)).containsExactlyInAnyOrder(known, unknown);
        assertThat(store.active(known.end().minusMillis(1))).hasSize(2);
        assertThat(store.active(known.end())).isEmpty();
    }

    @Test
    void ofTwoNodesTheLaterEndCounts() throws SQLException {
        store.write(List.of(reaction("one", 20, 1)), NOW);
        store.write(List.of(reaction("one", 10, 1)), NOW);
        assertThat(store.active(NOW)).singleElement().extracting(ActiveReaction::holdUntil).isEqualTo(NOW.plus(Duration.ofMinutes(20)));
        store.write(List.of(reaction("one", 30, 1)), NOW);
        assertThat(store.active(NOW)).singleElement().extracting(ActiveReaction::holdUntil).isEqualTo(NOW.plus(Duration.ofMinutes(30)));
    }

    @Test
    void oneThatWasLiftedStaysLiftedWhateverANodeWritesAfterwards() throws SQLException {
        store.write(List.of(reaction("one", 10, 1)), NOW);
        assertThat(store.lift("one", "ops", "asked them", NOW)).isPresent();
        assertThat(store.lift("one", "ops", "again", NOW)).isEmpty();
        assertThat(new AuditLog(TestDatabase.dataSource()).list(10, 0)).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("reaction.lift");
            assertThat(entry.by()).isEqualTo("ops");
            assertThat(entry.reason()).isEqualTo("asked them");
            assertThat(entry.subject()).contains("(one)");
        });
        store.write(List.of(reaction("one", 30, 1)), NOW);
        assertThat(store.active(NOW)).isEmpty();
        assertThat(Sql.list(TestDatabase.dataSource(), "select lift_reason from reaction", row -> row.getString(1))).containsExactly("asked them");
    }

    @Test
    void aReplyWithAZeroOctetIsStoredToo() throws SQLException {
        store.write(List.of(new ActiveReaction("z", "r", "a", "google", new ReactionAction.Bounce(), List.of(), "421 a\0b", NOW, NOW.plusSeconds(60), 1)), NOW);
        assertThat(store.active(NOW)).singleElement().extracting(ActiveReaction::cause).isEqualTo("421 a b");
    }

    @Test
    void theyAreKeptAMonthAfterTheirEnd() throws SQLException {
        store.write(List.of(reaction("old", 10, 1)), NOW);
        store.write(List.of(reaction("new", 10, 1)), NOW.plus(ReactionStore.KEPT));
        assertThat(rows()).isEqualTo(2);
        store.write(List.of(reaction("new", 11, 1)), NOW.plus(ReactionStore.KEPT).plus(Duration.ofMinutes(21)));
        assertThat(rows()).isEqualTo(1);
    }

    private static int rows() throws SQLException {
        return Sql.list(TestDatabase.dataSource(), "select count(*) from reaction", row -> row.getInt(1)).get(0);
    }

    private static ActiveReaction reaction(String id, int minutes, double usual) {
        return new ActiveReaction(id, "rule", "a", "google", new ReactionAction.CutRate(0.5), List.of(RecoveryStep.parse("75%@10m")), "421 slow down", NOW,
                NOW.plus(Duration.ofMinutes(minutes)), usual);
    }
}
