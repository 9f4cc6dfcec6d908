package dev.dromedary.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of alerts from look to look: a look a minute, a rule that has to last five. */
class AlertDeskTest {
    private static final Topic TOPIC = new Topic("errors-high", By.PROVIDER, "error-rate", "%", Duration.ofMinutes(5), Duration.ofHours(1), false, List.of("look"));
    private static final Topic TOLD = Topic.told("node-silent", By.NODE, "s", List.of());
    private final List<Telling> told = new ArrayList<>();
    private final List<Silence> silences = new ArrayList<>();
    private List<Alert> alerts = List.of();
    private int ids;
    private Instant now = Instant.parse("2026-03-02T10:00:00Z");
    private final AlertDesk desk = new AlertDesk(Duration.ofHours(4), () -> "a-" + ++ids);

    @Test
    void nobodyIsToldBeforeItIsBadForAsLongAsTheRuleAsks() {
        looks(5, warning(8));
        assertThat(told).isEmpty();
        assertThat(alerts).singleElement().satisfies(one -> assertThat(one.state()).isEqualTo(AlertState.PENDING));
        looks(1, warning(9));
        assertThat(told()).containsExactly("opened warning");
        assertThat(only().course().since()).isEqualTo(now.minus(Duration.ofMinutes(5)));
        looks(60, warning(9));
        assertThat(told).as("one alert, told once").hasSize(1);
    }

    @Test
    void whatIsGoodInBetweenBeginsAnew() {
        looks(4, warning(8));
        looks(1, good(1));
        looks(5, warning(8));
        assertThat(told).isEmpty();
        assertThat(ids).isEqualTo(2);
    }

    @Test
    void whileNobodyLookedNothingIsKnownToHaveLasted() {
        looks(2, warning(8));
        now = now.plus(Duration.ofHours(1));
        looks(1, warning(8));
        assertThat(told).isEmpty();
        looks(5, warning(8));
        assertThat(told()).containsExactly("opened warning");
    }

    @Test
    void criticalTakesThePlaceOfTheWarningAndIsToldAgain() {
        looks(6, warning(8));
        looks(5, critical(40));
        assertThat(told).hasSize(1);
        looks(1, critical(40));
        assertThat(told()).containsExactly("opened warning", "escalated critical");
        assertThat(alerts).as("the same alert").hasSize(1);
        looks(20, critical(40));
        assertThat(told).hasSize(2);
    }

    @Test
    void whatIsCriticalFromTheStartIsToldAsThatOnly() {
        looks(6, critical(40));
        assertThat(told()).containsExactly("opened critical");
    }

    @Test
    void betweenThresholdAndClearNothingChanges() {
        looks(6, warning(8));
        looks(100, between(4.7));
        assertThat(only().state()).isEqualTo(AlertState.OPEN);
        looks(5, good(4));
        assertThat(only().state()).isEqualTo(AlertState.OPEN);
        looks(1, between(4.7));
        looks(6, good(4));
        assertThat(told()).containsExactly("opened warning", "resolved warning");
        assertThat(told.get(1).alert().text()).isEqualTo("8.0 bad. Over: 4.0 good");
    }

    @Test
    void anEasedCriticalAlertIsAWarningAgainAndTheNextRiseIsTold() {
        looks(6, critical(40));
        looks(6, eased(12));
        assertThat(only().severity()).isEqualTo(Severity.WARNING);
        assertThat(told).hasSize(1);
        looks(6, critical(40));
        assertThat(told()).containsExactly("opened critical", "escalated critical");
    }

    @Test
    void anAcknowledgedAlertIsNotRemindedOfButOpensAgainWhereItBecomesCritical() {
        looks(6, warning(8));
        acknowledge();
        looks(600, warning(8));
        assertThat(told).hasSize(1);
        looks(6, critical(40));
        assertThat(told()).containsExactly("opened warning", "escalated critical");
        assertThat(only().state()).isEqualTo(AlertState.OPEN);
        assertThat(only().acknowledged()).isNull();
    }

    @Test
    void theEndOfAnAcknowledgedAlertIsTold() {
        looks(6, warning(8));
        acknowledge();
        looks(6, good(1));
        assertThat(told()).containsExactly("opened warning", "resolved warning");
    }

    @Test
    void whatNobodyTakesCareOfIsRemindedOf() {
        looks(6, warning(8));
        looks(240, warning(8));
        assertThat(told()).containsExactly("opened warning", "reminded warning");
        looks(239, warning(8));
        assertThat(told).hasSize(2);
        looks(1, warning(8));
        assertThat(told).hasSize(3);
    }

    @Test
    void aSilenceKeepsItFromBeingToldAndItsEndDoesNot() {
        silences.add(new Silence("s", "errors-high", "google", now, now.plus(Duration.ofMinutes(30)), "ann", "work on it", null));
        looks(29, warning(8));
        assertThat(only().state()).as("shown all the same").isEqualTo(AlertState.OPEN);
        assertThat(told).isEmpty();
        looks(1, warning(8));
        assertThat(told()).containsExactly("opened warning");
    }

    @Test
    void aSilenceOfAnotherSubjectOrRuleChangesNothing() {
        silences.add(new Silence("s", "errors-high", "yahoo", now, now.plus(Duration.ofHours(9)), "ann", "x", null));
        silences.add(new Silence("t", "deferrals-high", null, now, now.plus(Duration.ofHours(9)), "ann", "x", null));
        silences.add(new Silence("u", null, null, now, now.plus(Duration.ofHours(9)), "ann", "ended early", now));
        looks(6, warning(8));
        assertThat(told).hasSize(1);
    }

    @Test
    void whoHeardOfAnAlertHearsOfItsEndInSpiteOfASilence() {
        looks(6, warning(8));
        silences.add(new Silence("s", null, null, now, now.plus(Duration.ofHours(9)), "ann", "x", null));
        looks(300, warning(8));
        looks(6, good(1));
        assertThat(told()).containsExactly("opened warning", "resolved warning");
    }

    @Test
    void tooLittleMailNeitherOpensNorEndsAnythingAtOnce() {
        looks(5, warning(8));
        looks(1, unknown());
        assertThat(alerts).as("a pending one is forgotten").isEmpty();
        looks(6, warning(8));
        looks(60, unknown());
        assertThat(only().state()).isEqualTo(AlertState.OPEN);
        looks(1, unknown());
        assertThat(told()).containsExactly("opened warning", "resolved warning");
        assertThat(told.get(1).alert().text()).contains("for 60 min too little has passed to tell");
    }

    @Test
    void aRuleThatCannotBeJudgedLeavesItsAlertsAsTheyAre() {
        looks(6, warning(8));
        keep(desk.look(alerts, List.of(), Set.of("errors-high"), silences, now));
        assertThat(only().state()).isEqualTo(AlertState.OPEN);
        keep(desk.look(alerts, List.of(), Set.of(), silences, now));
        assertThat(told()).containsExactly("opened warning", "resolved warning");
        assertThat(told.get(1).alert().text()).contains("the rule is no longer there");
    }

    @Test
    void whatAnotherPartSaysIsToldAtOnceAndOverWhenItSaysNoMore() {
        keep(desk.look(alerts, List.of(new Judged(TOLD, List.of(Verdict.told("n1", Severity.WARNING, 400, 300, "gone"), Verdict.told("n2", Severity.WARNING, 400, 300, "gone too")))),
                Set.of(), silences, now));
        assertThat(told()).containsExactly("opened warning", "opened warning");
        now = now.plusSeconds(60);
        keep(desk.look(alerts, List.of(new Judged(TOLD, List.of(Verdict.told("n2", Severity.WARNING, 460, 300, "gone too")))), Set.of(), silences, now));
        assertThat(alerts).singleElement().satisfies(one -> assertThat(one.subject()).isEqualTo("n2"));
        assertThat(told.get(2).alert().subject()).isEqualTo("n1");
    }

    @Test
    void ofASubjectThatIsNotReadAnyMoreNothingIsKnown() {
        looks(6, warning(8));
        now = now.plusSeconds(60);
        keep(desk.look(alerts, List.of(new Judged(TOPIC, List.of())), Set.of(), silences, now));
        assertThat(only().state()).isEqualTo(AlertState.OPEN);
        assertThat(only().course().quiet()).isEqualTo(now);
    }

    private void looks(int times, Verdict verdict) {
        for (int i = 0; i < times; i++) {
            now = now.plusSeconds(60);
            keep(desk.look(alerts, List.of(new Judged(TOPIC, List.of(verdict))), Set.of(), silences, now));
        }
    }

    private void keep(AlertDesk.Looked looked) {
        told.addAll(looked.tellings());
        var kept = new ArrayList<>(alerts);
        kept.removeIf(one -> looked.dropped().contains(one.id()) || looked.changed().stream().anyMatch(other -> other.id().equals(one.id())));
        looked.changed().stream().filter(one -> one.state() != AlertState.RESOLVED).forEach(kept::add);
        alerts = List.copyOf(kept);
    }

    private void acknowledge() {
        change(one -> new Alert(one.id(), one.rule(), one.by(), one.subject(), one.metric(), one.unit(), one.severity(), AlertState.ACKNOWLEDGED, one.value(), one.threshold(), one.text(),
                one.suggested(), one.course(), new Alert.Acknowledged("ann", "on it", now), one.told()));
    }

    private void change(UnaryOperator<Alert> how) {
        alerts = alerts.stream().map(how).toList();
    }

    private Alert only() {
        assertThat(alerts).hasSize(1);
        return alerts.get(0);
    }

    private List<String> told() {
        return told.stream().map(one -> one.kind().id() + " " + one.alert().severity().id()).toList();
    }

    private static Verdict warning(double value) {
        return verdict(Severity.WARNING, false, true, value, value + " bad");
    }

    private static Verdict critical(double value) {
        return verdict(Severity.CRITICAL, false, false, value, value + " bad");
    }

    private static Verdict eased(double value) {
        return verdict(Severity.WARNING, false, true, value, value + " bad");
    }

    private static Verdict between(double value) {
        return verdict(null, false, true, value, value + " between");
    }

    private static Verdict good(double value) {
        return verdict(null, true, true, value, value + " good");
    }

    private static Verdict unknown() {
        return Verdict.unknown("google", "only 3");
    }

    private static Verdict verdict(@Nullable Severity severity, boolean calm, boolean eased, double value, String text) {
        return new Verdict("google", severity, calm, eased, true, value, 5, text);
    }
}
