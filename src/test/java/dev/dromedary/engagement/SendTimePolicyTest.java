package dev.dromedary.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.EngagementSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendTimePolicyTest {
    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    private static final Duration HALF_LIFE = Duration.ofDays(60);
    private static final EngagementSettings SETTINGS = new EngagementSettings(true, HALF_LIFE, Duration.ofDays(180), Duration.ofMinutes(1), 5, 0);
    private static final int RECIPIENTS = 1_000;

    private final RandomGenerator random = new SplittableRandom(7);
    private final SendTimePolicy policy = new SendTimePolicy(SETTINGS, random);

    /** Reads half of the time in the best hour, a quarter in those beside it, and else at any. */
    private record Reader(int best) {
        double rate(int hour) {
            int away = Math.min(Math.floorMod(hour - best, 24), Math.floorMod(best - hour, 24));
            return (away == 0 ? 0.5 : away == 1 ? 0.125 : 0) + 0.25 / 24;
        }

        int hour(RandomGenerator random) {
            double draw = random.nextDouble();
            int hour = 0;
            for (draw -= rate(0); draw > 0 && hour < 23; draw -= rate(hour)) {
                hour++;
            }
            return hour;
        }

        Hours learned(int events, RandomGenerator random) {
            Hours hours = Hours.NONE;
            for (int i = 0; i < events; i++) {
                hours = hours.plus(START.plus(i, ChronoUnit.DAYS).plus(hour(random), ChronoUnit.HOURS).plusSeconds(random.nextInt(3600)), 1, HALF_LIFE);
            }
            return hours;
        }
    }

    /** The least it has to do; it does better, see docs/engagement.md. */
    @ParameterizedTest
    @CsvSource({"6, 0.60, 0.30", "8, 0.80, 0.15", "15, 0.90, 0.08", "30, 0.97, 0.03"})
    void theBestHourOfARecipientIsFoundWithinAFewEvents(int events, double share, double regret) {
        int found = 0;
        double lost = 0;
        Instant now = START.plus(events, ChronoUnit.DAYS).plus(37, ChronoUnit.MINUTES);
        for (int i = 0; i < RECIPIENTS; i++) {
            Reader reader = new Reader(random.nextInt(24));
            Known known = new Known(reader.learned(events, random).faded(now, HALF_LIFE), Hours.NONE, Hours.NONE, Hours.NONE);
            // An hour at the end is a part of the one at the beginning; so the day is whole with one more.
            int hour = hourOf(policy.choose(known, "news", now, now.plus(25, ChronoUnit.HOURS), at -> at).at());
            found += hour == reader.best ? 1 : 0;
            lost += 1 - reader.rate(hour) / reader.rate(reader.best);
        }
        System.out.printf("%d events: best hour %.1f %%, mean regret %.3f%n", events, 100.0 * found / RECIPIENTS, lost / RECIPIENTS);
        assertThat(found / (double) RECIPIENTS).isGreaterThan(share);
        assertThat(lost / RECIPIENTS).isLessThan(regret);
    }

    @Test
    void littleEvidenceChangesNothing() {
        Known known = new Known(new Reader(9).learned(4, random), Hours.NONE, Hours.NONE, new Reader(9).learned(50, random));
        SendTime time = policy.choose(known, "news", START, START.plus(1, ChronoUnit.DAYS), at -> at);
        assertThat(time.at()).isEqualTo(START);
        assertThat(time.held()).isFalse();
        assertThat(time.why()).contains("too little is known").contains("n=4");
    }

    @Test
    void withoutItsOwnEvidenceARecipientIsTakenForOneOfItsStream() {
        Known known = new Known(Hours.NONE, group(19, 500), Hours.NONE, group(9, 2_000));
        SendTime time = policy.choose(known, "news", START, START.plus(1, ChronoUnit.DAYS), at -> at);
        assertThat(hourOf(time.at())).isEqualTo(19);
        assertThat(time.why()).contains("mail of stream news is opened mostly at 19-20 h UTC, n=500; of the recipient n=0");
    }

    @Test
    void aFewOfAGroupDoNotOutweighWhatTheRecipientItselfDoes() {
        Instant now = Instant.parse("2026-11-03T19:00:00Z");
        Hours replies = Hours.NONE.plus(now, 5, HALF_LIFE).plus(now, 5, HALF_LIFE);
        Known known = new Known(group(1, 8), replies, replies, replies);
        assertThat(hourOf(policy.choose(known, "news", now, now.plus(1, ChronoUnit.DAYS), at -> at).at())).isEqualTo(1);
    }

    @Test
    void itIsNotHeldWhereNowIsAsGood() {
        Instant nine = START.plus(9, ChronoUnit.HOURS).plus(20, ChronoUnit.MINUTES);
        Known known = new Known(group(9, 40), Hours.NONE, Hours.NONE, Hours.NONE);
        SendTime time = policy.choose(known, "news", nine, nine.plus(1, ChronoUnit.DAYS), at -> at);
        assertThat(time.at()).isEqualTo(nine);
        assertThat(time.why()).contains("no hour until").contains("opened mostly at 9-10 h UTC, n=40");
    }

    @Test
    void itNeverGoesOutsideWhatIsAllowed() {
        var exploring = new SendTimePolicy(new EngagementSettings(true, HALF_LIFE, Duration.ofDays(180), Duration.ofMinutes(1), 1, 0.5), random);
        for (int i = 0; i < 20_000; i++) {
            Instant from = inWindow(START.plusSeconds(random.nextInt(14 * 86_400)));
            Instant until = from.plusSeconds(random.nextInt(7 * 86_400));
            Known known = new Known(new Reader(random.nextInt(24)).learned(random.nextInt(20), random), Hours.NONE, Hours.NONE, group(random.nextInt(24), 50));
            SendTime time = exploring.choose(known, "news", from, until, SendTimePolicyTest::inWindow);
            assertThat(time.at()).isBetween(from, until);
            assertThat(inWindow(time.at())).isEqualTo(time.at());
            assertThat(time.held()).isEqualTo(time.at().isAfter(from));
        }
    }

    @Test
    void hoursAsGoodAndTheMinutesOfAnHourAreUsedEvenly() {
        Hours two = group(9, 500);
        for (int i = 0; i < 500; i++) {
            two = two.plus(START.plus(i % 7, ChronoUnit.DAYS).plus(15, ChronoUnit.HOURS), 1, HALF_LIFE);
        }
        Known known = new Known(two, Hours.NONE, Hours.NONE, Hours.NONE);
        int early = 0;
        var minutes = new HashSet<Integer>();
        for (int i = 0; i < 1_000; i++) {
            Instant at = policy.choose(known, "news", START, START.plus(1, ChronoUnit.DAYS), one -> one).at();
            assertThat(hourOf(at)).isIn(9, 15);
            early += hourOf(at) == 9 ? 1 : 0;
            minutes.add(at.atZone(ZoneOffset.UTC).getMinute());
        }
        assertThat(early).isBetween(430, 570);
        assertThat(minutes).hasSizeGreaterThan(50);
    }

    @Test
    void aChangedHabitIsFollowed() {
        Hours hours = group(9, 40);
        Instant later = START.plus(120, ChronoUnit.DAYS);
        for (int i = 0; i < 15; i++) {
            hours = hours.plus(later.plus(i, ChronoUnit.DAYS).plus(20, ChronoUnit.HOURS), 1, HALF_LIFE);
        }
        Instant now = later.plus(15, ChronoUnit.DAYS);
        assertThat(hourOf(policy.choose(new Known(hours.faded(now, HALF_LIFE), Hours.NONE, Hours.NONE, Hours.NONE), "news", now, now.plus(1, ChronoUnit.DAYS), at -> at).at())).isEqualTo(20);
    }

    /** Always at this hour, evenly over the days of the week. */
    private static Hours group(int hour, int events) {
        double[] hours = new double[Hours.HOURS];
        double[] days = new double[Hours.DAYS];
        hours[hour] = events;
        java.util.Arrays.fill(days, events / 7.0);
        return Hours.of(hours, days, START, events);
    }

    /** From 6 to 22 h. */
    private static Instant inWindow(Instant at) {
        int hour = hourOf(at);
        Instant day = at.truncatedTo(ChronoUnit.DAYS);
        return hour < 6 ? day.plus(6, ChronoUnit.HOURS) : hour >= 22 ? day.plus(30, ChronoUnit.HOURS) : at;
    }

    private static int hourOf(Instant at) {
        return at.atZone(ZoneOffset.UTC).getHour();
    }
}
