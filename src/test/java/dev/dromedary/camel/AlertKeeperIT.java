package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.alert.Alert;
import dev.dromedary.alert.AlertDesk;
import dev.dromedary.alert.AlertState;
import dev.dromedary.alert.BuiltInRules;
import dev.dromedary.alert.Silence;
import dev.dromedary.alert.Telling;
import dev.dromedary.config.AlertSettings;
import dev.dromedary.config.AlertTargets;
import dev.dromedary.history.Counts;
import dev.dromedary.history.Gauge;
import dev.dromedary.history.Sample;
import dev.dromedary.history.Series;
import dev.dromedary.history.SeriesSample;
import dev.dromedary.history.Spread;
import dev.dromedary.hold.Hold;
import dev.dromedary.hold.HoldStore;
import dev.dromedary.hold.Holds;
import dev.dromedary.reaction.ActiveReaction;
import dev.dromedary.reaction.ReactionAction;
import dev.dromedary.report.Forecast;
import dev.dromedary.store.AlertReadings;
import dev.dromedary.store.AlertStore;
import dev.dromedary.store.HistoryStore;
import dev.dromedary.store.ReactionStore;
import dev.dromedary.store.TestDatabase;
import dev.dromedary.store.WarningStore;
import dev.dromedary.warning.Warning;
import dev.dromedary.warning.WarningKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The alert rules on a history in a real database, minute by minute of a clock that the test sets. */
class AlertKeeperIT {
    private static final Series GOOGLE = new Series("", "google", "bulk", "news");
    private final HistoryStore history = new HistoryStore(TestDatabase.dataSource());
    private final AlertStore store = new AlertStore(TestDatabase.dataSource());
    private final WarningStore warnings = new WarningStore(TestDatabase.dataSource(), new Warning.Steps(List.of(0.5), Duration.ofMinutes(10), Duration.ofMinutes(15), Duration.ofMinutes(15)));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Telling> told = new ArrayList<>();
    private List<Forecast> forecasts = List.of();
    /** A Monday, a second after the minute. */
    private Instant now = Instant.parse("2026-03-30T10:00:01Z");
    private final AlertKeeper keeper = keeper();

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty();
    }

    private AlertKeeper keeper() {
        var settings = new AlertSettings(true, Duration.ofHours(4), BuiltInRules.all(), true, Duration.ofDays(14), Duration.ofDays(3), Duration.ofMinutes(5), Duration.ofMinutes(15), AlertTargets.NONE);
        var readings = new AlertReadings(TestDatabase.dataSource(), "alerts");
        return new AlertKeeper(settings, store, readings, new AlertSources(settings, warnings, readings, at -> forecasts,
                new HaltedProviders(new ReactionStore(TestDatabase.dataSource()), Set.of("bulk", "vip"), settings.halted()), new PausedByItself(new HoldStore(TestDatabase.dataSource(), new Holds(() -> now), () -> now))), (connection, looked) -> told.addAll(looked.tellings()),
                new AlertDesk(settings.remindEvery(), () -> "a-" + UUID.randomUUID()), TestNotices.noOutage(() -> now), registry, () -> now);
    }

    @Test
    void errorsOfAPoolAtAProviderOpenAnAlertThatEscalatesIsAcknowledgedAndIsOver() throws SQLException {
        minutes(15, attempts(100, 1));
        assertThat(active()).isEmpty();
        minutes(20, attempts(100, 8));
        assertThat(told()).containsExactly("opened errors-high bulk/google warning");
        Alert open = active().get(0);
        assertThat(open.text()).contains("% of 1,500 over 15 min, limit 5 %");
        assertThat(open.suggested()).isNotEmpty();
        assertThat(opened("warning")).isOne();
        store.acknowledge(open.id(), new Alert.Acknowledged("ann", "on it", now), "key");
        minutes(20, attempts(100, 40));
        assertThat(told()).containsExactly("opened errors-high bulk/google warning", "escalated errors-high bulk/google critical");
        assertThat(active()).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo(open.id());
            assertThat(one.state()).isEqualTo(AlertState.OPEN);
        });
        assertThat(opened("critical")).isOne();
        minutes(25, attempts(100, 1));
        assertThat(told.get(2).kind()).isEqualTo(Telling.Kind.RESOLVED);
        assertThat(active()).isEmpty();
        assertThat(opened("critical")).isZero();
        assertThat(store.changes(open.id())).extracting(one -> one.state().id() + " " + one.severity().id() + " " + one.by() + " " + one.reason()).containsExactly("open warning null null",
                "acknowledged warning ann on it", "open critical null null", "open warning null null", "resolved warning null null");
        assertThat(store.changes(open.id()).get(0).value()).isGreaterThan(5);
        assertThat(store.between(now.minusSeconds(3600), now, 10)).singleElement().satisfies(one -> assertThat(one.id()).isEqualTo(open.id()));
    }

    @Test
    void ofSeveralNodesOneLooksAndNothingIsToldTwice() throws SQLException {
        AlertKeeper other = keeper();
        for (int i = 0; i < 25; i++) {
            minute(attempts(100, 50));
            other.look();
            keeper.look();
        }
        assertThat(told()).containsExactly("opened errors-high bulk/google critical");
    }

    @Test
    void theMailAboutAlertsCausesNone() throws SQLException {
        minutes(20, new SeriesSample(new Series("", "google", "bulk", "alerts"), new Counts(0, 10, 0, 90, 0, 0), new Spread(), new Spread()));
        assertThat(told).isEmpty();
    }

    @Test
    void whereNobodyTakesSamplesAlertsStayAsTheyAre() throws SQLException {
        minutes(25, attempts(100, 50));
        assertThat(active()).hasSize(1);
        for (int i = 0; i < 180; i++) {
            now = now.plusSeconds(60);
            keeper.look();
        }
        assertThat(active()).as("nothing is known").extracting(Alert::rule).contains("errors-high");
        assertThat(told()).doesNotContain("resolved errors-high bulk/google critical");
    }

    @Test
    void throughputThatIsUnusuallyLowForTheHourOfTheWeekIsTheAlarmAndHighIsNot() throws SQLException {
        usual(28, 100);
        minutes(20, attempts(60 * 400, 0));
        assertThat(told).as("four times as much").isEmpty();
        minutes(30, attempts(60 * 30, 0));
        assertThat(told()).startsWith("opened throughput-low  warning");
        minutes(30);
        assertThat(told()).contains("escalated throughput-low  critical");
        assertThat(active()).filteredOn(one -> one.rule().equals("throughput-low")).singleElement().satisfies(one -> {
            assertThat(one.text()).contains("messages delivered a second: 0 messages/s over 15 min, at least 20 messages/s by what is usual at this hour of the week, 100 messages/s");
            assertThat(one.value()).isZero();
        });
    }

    @Test
    void complaintsOfADayAreCountedByTheHour() throws SQLException {
        for (int hour = 20; hour > 0; hour--) {
            Instant at = now.minusSeconds(hour * 3600L);
            history.write(List.of(new Sample(at.truncatedTo(java.time.temporal.ChronoUnit.MINUTES), "n1", 60, List.of(
                    new SeriesSample(GOOGLE, new Counts(0, 1_000, 0, 0, 0, 2), new Spread(), new Spread())), List.of())));
            history.keep(at.plusSeconds(60));
        }
        minutes(10, attempts(10, 0));
        assertThat(told()).containsExactly("opened complaints-high google warning");
        assertThat(told.get(0).alert().value()).isBetween(0.19, 0.2);
    }

    @Test
    void gaugesOfNodesQueuesAndPools() throws SQLException {
        for (int i = 0; i < 20; i++) {
            minute(List.of(), Gauge.of("disk", "used_percent", 86), Gauge.of("queue_age", "mail.lane.google", 9_000), Gauge.of("pool", "bulk", 0), Gauge.of("pool", "other", 1),
                    Gauge.of("reputation", "bulk/google", 0.2));
            keeper.look();
        }
        assertThat(told()).containsExactlyInAnyOrder("opened disk-high n1 warning", "opened queue-old google critical", "opened pool-down bulk warning", "opened reputation-low bulk/google critical");
    }

    @Test
    void noHealthyPoolIsCritical() throws SQLException {
        for (int i = 0; i < 10; i++) {
            minute(List.of(), Gauge.of("pool", "bulk", 0), Gauge.of("pool", "other", 0));
            keeper.look();
        }
        assertThat(told()).contains("opened all-pools-down  critical");
    }

    @Test
    void aDiskThatFillsIsToldOfBeforeItIsFull() throws SQLException {
        for (int i = 0; i < 120; i++) {
            minute(List.of(), Gauge.of("disk", "used_percent", 40 + i * 0.1));
            keeper.look();
        }
        assertThat(told()).contains("opened disk-full-soon n1 warning");
        assertThat(told.get(0).alert().text()).contains("90 % is reached in about");
    }

    @Test
    void earlyWarningsAreAlertsUntilTheyAreOver() throws SQLException {
        warnings.write(List.of(new Warning("w1", WarningKind.RISING_DEFERRALS, false, "bulk", "google", now, now, 1, now, 0, 1, 12, 100, 0.01, null, null, "12 of 100 put off", null)), now);
        minutes(1);
        assertThat(told()).containsExactly("opened early-warning-rising-deferrals bulk/google warning");
        assertThat(told.get(0).alert().value()).isEqualTo(12);
        warnings.end("w1", "ann", "mended", now);
        minutes(1);
        assertThat(told().get(1)).isEqualTo("resolved early-warning-rising-deferrals bulk/google warning");
    }

    @Test
    void aNodeThatWentWithoutAWordIsMissedAndOneThatWasStoppedIsNot() throws SQLException {
        history.write(List.of(new Sample(minuteOf(now), "gone", 60, List.of(), List.of()), new Sample(minuteOf(now), "stopped", 60, List.of(), List.of(Gauge.of("node", "stopped", 1)))));
        minutes(5);
        assertThat(told).isEmpty();
        minutes(3);
        assertThat(told()).containsExactly("opened node-silent gone warning");
        history.write(List.of(new Sample(minuteOf(now), "gone", 60, List.of(), List.of())));
        minutes(1);
        assertThat(told().get(1)).isEqualTo("resolved node-silent gone warning");
    }

    @Test
    void aProviderThatBlocksIsToldOfAndCriticalWhereNoPoolIsLeft() throws SQLException {
        var reactions = new ReactionStore(TestDatabase.dataSource());
        reactions.write(List.of(halt("short", "bulk", "yahoo", 10), halt("gone", "retired", "yahoo", 120), halt("block", "bulk", "microsoft", 60)), now);
        minutes(1, attempts(100, 1));
        assertThat(told()).containsExactly("opened provider-halted microsoft warning");
        assertThat(active().get(0).text()).contains("microsoft: 1 of 2 pools are halted by its own answers, bulk until 30 Mar 11:00 UTC by rule block: 550 5.7.1 blocked");
        reactions.write(List.of(halt("too", "vip", "microsoft", 60)), now);
        minutes(1, attempts(100, 1));
        assertThat(told()).containsExactly("opened provider-halted microsoft warning", "escalated provider-halted microsoft critical");
        reactions.lift("block", "ops", "settled", now);
        reactions.lift("too", "ops", "settled", now);
        minutes(2, attempts(100, 1));
        assertThat(told()).contains("resolved provider-halted microsoft critical");
    }

    @Test
    void whatABreakerHoldsIsToldOfAndWhatAnOperatorHoldsIsNot() throws SQLException {
        var holds = new HoldStore(TestDatabase.dataSource(), new Holds(() -> now), () -> now);
        holds.place(new HoldStore.Request(Hold.Kind.CAMPAIGN, "spring", Hold.Mode.PAUSE, "40 of 100 bounced", BreakerKeeper.BY, Duration.ofHours(1)));
        holds.place(new HoldStore.Request(Hold.Kind.POOL, "bulk", Hold.Mode.PAUSE, "maintenance", "ann", Duration.ofHours(1)));
        minutes(1, attempts(100, 1));
        assertThat(told()).containsExactly("opened paused-by-itself campaign spring warning");
        assertThat(active().get(0).text()).contains("campaign spring is held until", "40 of 100 bounced");
        minutes(70, attempts(100, 1));
        assertThat(told()).contains("resolved paused-by-itself campaign spring warning");
    }

    private ActiveReaction halt(String id, String pool, String provider, int minutes) {
        return new ActiveReaction(id, id, pool, provider, new ReactionAction.Suspend(), List.of(), "550 5.7.1 blocked", now, now.plus(Duration.ofMinutes(minutes)), 1);
    }

    @Test
    void whatIsOutgrownSoonIsToldOf() throws SQLException {
        forecasts = List.of(new Forecast("pool bulk", "rate", "messages/s", 80.0, 100.0, 2.0, now.plus(Duration.ofDays(10)), null, null, "21 days of history"),
                new Forecast("database", "size", "bytes", 1e9, 2e9, 1e6, now.plus(Duration.ofDays(100)), null, null, "21 days of history"));
        minutes(1);
        assertThat(told()).containsExactly("opened capacity-outgrown pool bulk rate warning");
    }

    @Test
    void silencesAreKeptWithTheirAuditAndHoldBackWhatIsTold() throws SQLException {
        var silence = new Silence("s1", "errors-high", null, now, now.plus(Duration.ofHours(1)), "ann", "work on it", null);
        store.silence(silence, "key");
        minutes(25, attempts(100, 50));
        assertThat(told).isEmpty();
        assertThat(active()).hasSize(1);
        assertThat(store.silences(now)).containsExactly(silence);
        assertThat(store.endSilence("s1", "done", "key", now)).isPresent();
        assertThat(store.endSilence("s1", "again", "key", now)).isEmpty();
        minutes(1, attempts(100, 50));
        assertThat(told()).containsExactly("opened errors-high bulk/google critical");
    }

    private void minutes(int many, SeriesSample... series) throws SQLException {
        for (int i = 0; i < many; i++) {
            minute(series);
            keeper.look();
        }
    }

    private void minute(SeriesSample... series) throws SQLException {
        minute(Arrays.asList(series));
    }

    private void minute(List<SeriesSample> series, Gauge... gauges) throws SQLException {
        history.write(List.of(new Sample(minuteOf(now), "n1", 60, series, Arrays.asList(gauges))));
        now = now.plusSeconds(60);
    }

    private static Instant minuteOf(Instant at) {
        return at.truncatedTo(java.time.temporal.ChronoUnit.MINUTES);
    }

    /** This hour of each day before, so many a second. */
    private void usual(int days, double perSecond) throws SQLException {
        for (int day = days; day > 0; day--) {
            for (int hour = 0; hour < 3; hour++) {
                Instant at = now.minus(Duration.ofDays(day)).plusSeconds(hour * 3600L);
                history.write(List.of(new Sample(minuteOf(at), "n1", 3600, List.of(new SeriesSample(GOOGLE, new Counts(0, Math.round(perSecond * 3600), 0, 0, 0, 0), new Spread(), new Spread())), List.of())));
                history.keep(at.plusSeconds(60));
            }
        }
    }

    private static SeriesSample attempts(long total, long bounced) {
        return new SeriesSample(GOOGLE, new Counts(0, total - bounced, 0, bounced, 0, 0), new Spread(), new Spread());
    }

    private List<Alert> active() throws SQLException {
        return store.list(null, 100).stream().filter(Alert::active).toList();
    }

    private double opened(String severity) {
        return registry.get("dromedary.alerts.open").tag("severity", severity).gauge().value();
    }

    private List<String> told() {
        return told.stream().map(one -> one.kind().id() + " " + one.alert().rule() + " " + one.alert().subject() + " " + one.alert().severity().id()).toList();
    }
}
