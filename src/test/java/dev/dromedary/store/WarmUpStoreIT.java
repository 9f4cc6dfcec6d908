package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.warmup.DayCount;
import dev.dromedary.warmup.SharedCount;
import dev.dromedary.warmup.WarmUp;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Warm-ups that several nodes share through the database. */
class WarmUpStoreIT {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-03-02");

    private final WarmUpStore one = new WarmUpStore(TestDatabase.dataSource(), "one");
    private final WarmUpStore two = new WarmUpStore(TestDatabase.dataSource(), "two");

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty();
    }

    @Test
    void whatIsWrittenIsReadTheSame() throws SQLException {
        WarmUp plain = state(1, 1);
        WarmUp full = new WarmUp("b", "yahoo", true, TODAY, 7, WarmUp.Status.HELD, TODAY, true, 3, 4, TODAY.minusDays(2), "why", 9);
        assertThat(one.share(List.of(plain, full), List.of(), TODAY).warmUps()).containsExactlyInAnyOrder(plain, full);
        assertThat(two.share(List.of(), List.of(), TODAY).warmUps()).containsExactlyInAnyOrder(plain, full);
    }

    @Test
    void countsAreSummedOverTheNodesAndWritingThemTwiceDoesNoHarm() throws SQLException {
        one.share(List.of(state(1, 1)), List.of(count(TODAY, 10)), TODAY);
        one.share(List.of(), List.of(count(TODAY, 15)), TODAY);
        one.share(List.of(), List.of(count(TODAY, 10)), TODAY);
        two.share(List.of(), List.of(count(TODAY, 4), count(TODAY.minusDays(1), 3)), TODAY);
        WarmUpStore.Shared shared = one.share(List.of(), List.of(), TODAY);
        assertThat(shared.nodes()).isEqualTo(2);
        assertThat(shared.counts()).containsExactly(
                new SharedCount("a", "google", TODAY.minusDays(1), DayCount.NONE, new DayCount(3, 3, 1, 0, 0)),
                new SharedCount("a", "google", TODAY, new DayCount(15, 15, 1, 0, 0), new DayCount(4, 4, 1, 0, 0)));
    }

    @Test
    void aDayThatNobodyJudgedYetIsReadHoweverLongAgo() throws SQLException {
        one.share(List.of(state(1, 1)), List.of(count(TODAY.minusDays(1), 9)), TODAY);
        assertThat(one.share(List.of(), List.of(), TODAY.plusDays(5)).counts()).singleElement().extracting(SharedCount::day).isEqualTo(TODAY.minusDays(1));
    }

    @Test
    void theNewerStateWinsWhicheverNodeWritesLast() throws SQLException {
        one.share(List.of(state(2, 3)), List.of(), TODAY);
        two.share(List.of(state(1, 2)), List.of(), TODAY);
        assertThat(one.share(List.of(), List.of(), TODAY).warmUps()).singleElement().extracting(WarmUp::stage).isEqualTo(2);
    }

    @Test
    void aChangeByAnOperatorIsAuditedAndFailsWhereAnotherCameBetween() throws SQLException {
        WarmUp begun = state(1, 1);
        assertThat(one.change(null, begun, "ann", "start", "new addresses", NOW)).isTrue();
        assertThat(two.change(null, begun, "bob", "start", "new addresses", NOW)).isFalse();
        assertThat(one.change(begun, begun.atStage(4, "by ann"), "ann", "stage", "they agreed", NOW)).isTrue();
        assertThat(one.change(begun, begun.stopped("by bob"), "bob", "stop", "enough", NOW)).isFalse();
        assertThat(new AuditLog(TestDatabase.dataSource()).list(10, 0)).extracting(AuditLog.Entry::action).containsExactly("warm-up.stage", "warm-up.start");
    }

    private static WarmUp state(int stage, long version) {
        return new WarmUp("a", "google", false, TODAY, stage, WarmUp.Status.RUNNING, TODAY.minusDays(1), false, 0, 0, null, "", version);
    }

    private static SharedCount count(LocalDate day, long sent) {
        return new SharedCount("a", "google", day, new DayCount(sent, sent, 1, 0, 0), DayCount.NONE);
    }
}
