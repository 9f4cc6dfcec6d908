package dev.dromedary.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopLimitTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private final StopLimit limit = new StopLimit(Double.POSITIVE_INFINITY, 1 / 60.0, HOUR);
    private long now = 1_000_000 * SECOND;

    /** So many a second for so long, all of them taken. */
    private void send(double perSecond, long length) {
        long end = now + length;
        while (now < end) {
            now += (long) (SECOND / perSecond);
            limit.attempted(true, now);
            limit.beat(now);
        }
    }

    private double stop(long cost) {
        limit.attempted(false, now);
        double at = limit.stopped(cost, now);
        now += cost;
        return at;
    }

    @Test
    void nothingIsLearnedWithoutAStop() {
        send(50, HOUR);
        assertThat(limit.limit()).isInfinite();
    }

    @Test
    void aStopJustAboveWhatWasTakenLeavesALimitJustBelowIt() {
        send(8, 20 * MINUTE);
        send(11, MINUTE);
        assertThat(stop(10 * MINUTE)).isCloseTo(11, within(0.3));
        assertThat(limit.limit()).isCloseTo(0.95 * 8, within(0.1));
    }

    @Test
    void aSuddenRushTellsOnlyThatItsPaceWasTooHigh() {
        send(2, 20 * MINUTE);
        send(40, 15 * SECOND);
        stop(10 * MINUTE);
        assertThat(limit.limit()).isBetween(0.5 * 40, 0.75 * 40);
    }

    @Test
    void aStopBelowWhatWasTakenBeforeTellsOfANewLimit() {
        send(10, 20 * MINUTE);
        send(4, MINUTE);
        stop(10 * MINUTE);
        assertThat(limit.limit()).isCloseTo(0.7 * 4, within(0.1));
    }

    @Test
    void whatIsUsedIsRaisedOnceAnHourToBelowThePaceOfTheStopAndOnlyMuchLaterBeyondIt() {
        send(8, 20 * MINUTE);
        send(11, MINUTE);
        stop(10 * MINUTE);
        double first = limit.limit();
        send(first, 70 * MINUTE);
        assertThat(limit.limit()).isCloseTo(1.1 * first, within(1e-6));
        send(limit.limit(), 30 * MINUTE);
        assertThat(limit.limit()).isLessThan(0.95 * 11.3);
        send(limit.limit(), 3 * HOUR);
        assertThat(limit.limit()).isGreaterThan(11);
    }

    @Test
    void afterALongStopItsPaceIsTriedLater() {
        send(8, 20 * MINUTE);
        send(11, MINUTE);
        stop(2 * HOUR);
        send(9, 9 * HOUR);
        assertThat(limit.limit()).isLessThan(0.95 * 11.3);
    }

    @Test
    void afterASecondStopItsPaceIsTriedHalfAsOften() {
        send(8, 20 * MINUTE);
        send(11, MINUTE);
        stop(10 * MINUTE);
        stop(10 * MINUTE);
        double pace = limit.limit();
        send(Math.max(pace, 0.5), 3 * HOUR);
        double later = limit.limit();
        assertThat(later).isLessThan(8);
    }

    @Test
    void aLimitThatIsNotUsedIsNotRaisedAndIsForgottenAfterAWeek() {
        send(8, 20 * MINUTE);
        send(11, MINUTE);
        stop(10 * MINUTE);
        double learned = limit.limit();
        send(0.5, 6 * 24 * HOUR);
        assertThat(limit.limit()).isEqualTo(learned);
        send(0.5, 25 * HOUR);
        assertThat(limit.limit()).isInfinite();
    }

    @Test
    void itNeverGoesBeyondWhatTheConfigurationAllowsNorBelowTheFloor() {
        var narrow = new StopLimit(5, 1, HOUR);
        narrow.attempted(false, now);
        narrow.stopped(10 * MINUTE, now);
        assertThat(narrow.limit()).isBetween(1.0, 5.0);
    }

    /** Ten a second are taken, and a backlog without end waits: the search has to find them, at the cost of few stops. */
    @Test
    void againstAHiddenLimitADayHasFewStopsAndMostOfWhatCouldBeSent() {
        double tokens = 100;
        int stops = 0;
        long sent = 0;
        long end = now + 24 * HOUR;
        while (now < end) {
            double pace = Math.min(40, limit.limit());
            now += (long) (SECOND / pace);
            tokens = Math.min(100, tokens + 10 / pace) - 1;
            limit.attempted(tokens >= 0, now);
            limit.beat(now);
            if (tokens < 0) {
                stops++;
                limit.stopped(10 * MINUTE, now);
                now += 10 * MINUTE;
                tokens = 100;
            } else {
                sent++;
            }
        }
        assertThat(stops).isLessThanOrEqualTo(12);
        assertThat(sent / (24 * 3600 * 10.0)).isGreaterThan(0.8);
    }
}
