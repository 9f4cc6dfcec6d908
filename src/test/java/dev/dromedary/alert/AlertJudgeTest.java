package dev.dromedary.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.forecast.TimeSeries;
import dev.dromedary.history.Counts;
import dev.dromedary.history.Spread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the rules say of a value, on the side that is bad. */
class AlertJudgeTest {
    /** A Monday. */
    private static final Instant NOW = Instant.parse("2026-03-30T10:20:00Z");
    private static final Map<String, AlertRule> BUILT_IN = BuiltInRules.all().stream().collect(Collectors.toMap(AlertRule::id, one -> one));

    @Test
    void highErrorsAreTheAlarmAndLowOnesAreNot() {
        AlertRule rule = rule("errors-high");
        assertThat(severity(rule, errors(960, 40))).isNull();
        assertThat(severity(rule, errors(940, 60))).isEqualTo(Severity.WARNING);
        assertThat(severity(rule, errors(800, 200))).isEqualTo(Severity.CRITICAL);
        assertThat(verdict(rule, errors(800, 200)).text()).isEqualTo("attempts that failed for good: 20 % of 1,000 over 15 min, limit 10 %");
    }

    @Test
    void lowThroughputIsTheAlarmAndHighIsNot() {
        AlertRule rule = rule("throughput-low");
        TimeSeries usual = weeks(100);
        assertThat(judged(rule, perSecond(500), usual).severity()).as("five times as much").isNull();
        assertThat(judged(rule, perSecond(95), usual).severity()).isNull();
        assertThat(judged(rule, perSecond(45), usual).severity()).isEqualTo(Severity.WARNING);
        assertThat(judged(rule, perSecond(0), usual).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(judged(rule, perSecond(0), usual).text()).contains("at least 20 messages/s by what is usual at this hour of the week, 100 messages/s");
    }

    @Test
    void aWaveringHistoryAsksForMoreButNothingAtAllIsAlwaysLow() {
        AlertRule rule = rule("throughput-low");
        TimeSeries wavering = series(20, 100, 180, 60);
        assertThat(judged(rule, perSecond(20), wavering).severity()).isNull();
        assertThat(judged(rule, perSecond(0), wavering).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void withoutAWeekOfHistoryNothingIsUnusual() {
        TimeSeries short_ = new TimeSeries(List.of(point(6, 100), point(5, 100), point(4, 100)));
        Verdict verdict = judged(rule("throughput-low"), perSecond(0), short_);
        assertThat(verdict.known()).isFalse();
        assertThat(verdict.text()).contains("shorter than 7 days");
    }

    @Test
    void anHourInWhichHardlyAnythingIsUsualMakesNoAlarm() {
        assertThat(judged(rule("throughput-low"), perSecond(0), weeks(0.05)).known()).isFalse();
    }

    @Test
    void tooFewAttemptsSayNothing() {
        Verdict verdict = verdict(rule("errors-high"), errors(9, 90));
        assertThat(verdict.known()).isFalse();
        assertThat(verdict.calm()).isFalse();
        assertThat(verdict.text()).isEqualTo("only 99 in 15 min");
        assertThat(verdict(rule("errors-high"), errors(0, 0)).known()).isFalse();
    }

    @Test
    void betweenClearAndThresholdItIsNeitherBadNorOver() {
        AlertRule rule = rule("errors-high");
        assertThat(verdict(rule, errors(953, 47)).severity()).isNull();
        assertThat(verdict(rule, errors(953, 47)).calm()).isFalse();
        assertThat(verdict(rule, errors(956, 44)).calm()).isTrue();
        assertThat(verdict(rule, errors(903, 97)).eased()).as("9.7 %, critical from 10 %, back at 9.5 %").isFalse();
        assertThat(verdict(rule, errors(906, 94)).eased()).isTrue();
    }

    @Test
    void aPoolThatIsDownIsOverOnlyWhenItIsUp() {
        AlertRule rule = rule("pool-down");
        List<Reading> readings = AlertMetric.POOLS_AVAILABLE.of(List.of(stood("n1", "a", 0), stood("n2", "a", 1), stood("n1", "b", 1)), By.POOL);
        List<Verdict> verdicts = AlertJudge.judge(rule, readings, none -> new TimeSeries(List.of()), NOW).verdicts();
        assertThat(verdicts).extracting(Verdict::subject).containsExactly("a", "b");
        assertThat(verdicts.get(0).severity()).isEqualTo(Severity.WARNING);
        assertThat(verdicts.get(0).calm()).isFalse();
        assertThat(verdicts.get(1).calm()).isTrue();
    }

    @Test
    void aDiskThatFillsIsSeenBeforeItIsFull() {
        AlertRule rule = rule("disk-full-soon");
        assertThat(disk(rule, 0.5).severity()).as("90 % in about 40 h").isNull();
        assertThat(disk(rule, 2).severity()).as("in about 10 h").isEqualTo(Severity.WARNING);
        assertThat(disk(rule, 2).text()).contains("disk in use: 70 %; 90 % is reached in about 10 h (");
        assertThat(disk(rule, 6).severity()).as("in about 3 h").isEqualTo(Severity.CRITICAL);
        assertThat(disk(rule, 0).calm()).isTrue();
        assertThat(disk(rule, -3).calm()).isTrue();
    }

    @Test
    void queuesAddUpOverNodesAndWhatIsInTheDatabaseDoesNot() {
        var queues = List.of(stood("n1", "mail.lane.google", 10), stood("n2", "mail.lane.google", 20), stood("n1", "mail.lane.yahoo", 5), stood("n1", "mail.event", 99));
        assertThat(AlertMetric.BACKLOG.of(queues, By.QUEUE)).extracting(Reading::subject, Reading::value).containsExactly(
                org.assertj.core.groups.Tuple.tuple("google", 30.0), org.assertj.core.groups.Tuple.tuple("yahoo", 5.0));
        assertThat(AlertMetric.BACKLOG.of(queues, By.ALL)).extracting(Reading::value).containsExactly(35.0);
        assertThat(AlertMetric.QUEUE_AGE.of(queues, By.QUEUE)).extracting(Reading::value).containsExactly(20.0, 5.0);
        var waiting = List.of(stood("n1", "deferred/google", 10), stood("n2", "deferred/google", 10), stood("n1", "scheduled/google", 3), stood("n1", "deferred/yahoo", 1));
        assertThat(AlertMetric.WAITING.of(waiting, By.ALL)).extracting(Reading::value).containsExactly(14.0);
        assertThat(AlertMetric.WAITING.of(waiting, By.PROVIDER)).extracting(Reading::value).containsExactly(13.0, 1.0);
        assertThat(AlertMetric.REPUTATION.of(List.of(stood("n1", "a/google", 0.9), stood("n1", "a/yahoo", 0.4)), By.POOL)).extracting(Reading::value).containsExactly(0.4);
    }

    @Test
    void everyBuiltInRuleHasSuggestionsOfItsOwnMetricAndGoesBadWhereThatIsBad() {
        assertThat(BuiltInRules.all()).allSatisfy(rule -> {
            assertThat(rule.actions()).isNotEmpty().isEqualTo(Suggestions.of(rule.metric()));
            assertThat(rule.condition().above()).isEqualTo(!rule.metric().lowIsBad());
            assertThat(rule.metric().by()).contains(rule.by());
        });
    }

    private static Verdict disk(AlertRule rule, double perHour) {
        var points = new ArrayList<TimeSeries.Point>();
        for (int i = 72; i >= 0; i--) {
            points.add(new TimeSeries.Point(NOW.minusSeconds(300L * i), 70 - perHour * i / 12));
        }
        return AlertJudge.judge(rule, List.of(new Reading("n1", 70, Reading.COUNTLESS)), subject -> new TimeSeries(points), NOW).verdicts().get(0);
    }

    private static AlertRule rule(String id) {
        return java.util.Objects.requireNonNull(BUILT_IN.get(id));
    }

    private static Reading perSecond(double value) {
        return AlertMetric.DELIVERED_PER_SECOND.of(new Measured("", new Counts(0, Math.round(value * 900), 0, 0, 0, 0), 900, 0, new Spread()));
    }

    private static Reading errors(long delivered, long bounced) {
        return AlertMetric.ERROR_RATE.of(new Measured("a/google", new Counts(0, delivered, 0, bounced, 0, 0), 900, 0, new Spread()));
    }

    private static Stood stood(String node, String label, double value) {
        return new Stood(node, label, value, value);
    }

    private static Verdict verdict(AlertRule rule, Reading reading) {
        return judged(rule, reading, new TimeSeries(List.of()));
    }

    private static @Nullable Severity severity(AlertRule rule, Reading reading) {
        return verdict(rule, reading).severity();
    }

    private static Verdict judged(AlertRule rule, Reading reading, TimeSeries before) {
        return AlertJudge.judge(rule, List.of(reading), subject -> before, NOW).verdicts().get(0);
    }

    /** Four weeks of this hour, all days alike. */
    private static TimeSeries weeks(double value) {
        return series(value, value, value, value);
    }

    /** This hour of each day of four weeks, a value each week. */
    private static TimeSeries series(double... ofWeek) {
        var points = new ArrayList<TimeSeries.Point>();
        for (int day = 1; day <= 28; day++) {
            points.add(point(day, ofWeek[(day - 1) / 7]));
        }
        return new TimeSeries(points);
    }

    private static TimeSeries.Point point(int daysAgo, double value) {
        return new TimeSeries.Point(NOW.truncatedTo(java.time.temporal.ChronoUnit.HOURS).minus(Duration.ofDays(daysAgo)), value);
    }
}
