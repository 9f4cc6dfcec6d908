package dev.dromedary.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The filter, the selected row, and what is behind it. */
class TopDetailsTest {
    private static final Subject GOOGLE = Subject.of(Subject.Of.LANE, "google");
    private static final Subject BULK = Subject.of(Subject.Of.POOL, "bulk");
    private static final Subject PAIR = Subject.pair("yahoo", "bulk");
    private static final Subject MAIL = Subject.of(Subject.Of.MAIL, "m.1");
    private static final Subject ALERT = Subject.of(Subject.Of.ALERT, "a1");
    private static final Subject TAKEN = Subject.of(Subject.Of.ALERT, "a2");
    private static final Subject WARNING = Subject.of(Subject.Of.WARNING, "w1");
    private static final Map<String, JsonNode> ANSWERS = Map.of(
            GOOGLE.waiting(), Samples.json("""
                    {"deferred": [{"id": "m.1", "to": "ann@gmail.com", "provider": "google", "pool": "bulk", "reason": "421 4.7.28 unusual rate of mail", "attempt": 3, "next_attempt": "2026-11-24T12:01:30Z"}], "total": 317}"""),
            BULK.reputation(), Samples.json("""
                    {"reputations": [{"kind": "pool", "name": "bulk", "provider": null, "score": 0.8, "text": "all"}, {"kind": "pool", "name": "bulk", "provider": "google", "score": 0.41, "text": "0.41: 12 of 90 put off"}], "total": 2}"""),
            MAIL.message(), Samples.json("""
                    {"events": [{"event": "accepted", "at": "2026-11-24T10:00:00Z", "way": "http"}, {"event": "deferred", "at": "2026-11-24T10:00:05Z", "attempt": 1, "provider": "google", "pool": "bulk", "code": 421,
                     "enhanced": "4.7.28", "detail": "unusual rate", "next_attempt": "2026-11-24T12:01:30Z"}]}"""),
            ALERT.acknowledged(), Samples.json("""
                    {"alerts": [{"id": "a2", "rule": "disk-full", "severity": "warning", "subject": "mx-1", "text": "disk 91 %", "since": "2026-11-24T11:00:00Z", "acknowledged_by": "ann", "acknowledged_reason": "more disks come",
                     "acknowledged_at": "2026-11-24T11:30:00Z", "suggested": []}]}"""));

    @ParameterizedTest
    @EnumSource(View.class)
    void onlyRowsWithTheTextAreSeenInAnyCase(View view) {
        Controls yahoo = typed(Samples.controls(view), "YaHoo");
        List<String> lines = draw(yahoo, 140, 40);
        assertThat(lines.get(0)).startsWith("dromedary /YaHoo_ ");
        List<String> rows = lines.subList(5, 39).stream().filter(line -> line.matches("(google|aol|ann@).*")).toList();
        assertThat(rows).isEmpty();
        if (view == View.LANES || view == View.MATRIX || view == View.MAIL) {
            assertThat(lines.subList(5, 39)).anyMatch(line -> line.contains("yahoo"));
        }
        if (view != View.ALERTS && view != View.LANES) {
            assertThat(draw(typed(Samples.controls(view), "bulk"), 190, 40)).as("in two columns too").anyMatch(line -> line.contains("bulk "));
        }
        assertThat(draw(typed(Samples.controls(view), "no such row"), 100, 40)).contains("no row contains no such row; Esc shows all");
        assertThat(draw(yahoo.after(Key.of(Key.Action.BACK), 9), 140, 40).get(0)).startsWith("dromedary 0.1.0");
    }

    @Test
    void theFilterIsSeenInTheNarrowestHeader() {
        assertThat(draw(typed(Samples.controls(View.LANES), "goo"), 20, 24).get(0)).startsWith("dromedary /goo_");
    }

    @Test
    void whatIsFilteredForIsInColumnsThatHaveNoRoomToo() {
        assertThat(draw(typed(Samples.controls(View.POOLS), "new kernel"), 40, 24)).anyMatch(line -> line.startsWith("old "));
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void theSelectedRowHasAMarkAndIsSeenWhereverItIs(View view) {
        for (int width : new int[] {20, 40, 80, 190}) {
            for (int height : view == View.OVERVIEW ? new int[] {24, 60} : new int[] {12, 24, 60}) {
                Controls controls = Samples.controls(view);
                int rows = Screen.draw(scene(controls, width, height)).spots().size();
                assertThat(rows).as("%s at %d x %d", view, width, height).isPositive();
                for (int i = 0; i < rows; i++) {
                    Screen.Frame frame = Screen.draw(scene(controls, width, height));
                    controls = controls.after(Key.of(Key.Action.DOWN), frame.page(), frame.spots());
                    frame = Screen.draw(scene(controls, width, height));
                    controls = controls.within(frame.from(), frame.columns() - 1);
                    assertThat(frame.lines()).allMatch(line -> line.width() <= width);
                    assertThat(frame.lines().stream().filter(line -> line.plain().contains("> "))).as("%s at %d x %d, row %d", view, width, height, i).isNotEmpty();
                }
            }
        }
    }

    @Test
    void aLaneShowsWhatItsPoolsMayDoAndWhyItWaits() {
        assertThat(open(GOOGLE)).anyMatch(line -> line.startsWith("lane google")).anyMatch(line -> line.matches("waiting +317: 200 of 0-5m, 100 of 5m-1h.*")).anyMatch(line -> line.matches("now +90/s delivered, 4.0/s deferred.*"))
                .anyMatch(line -> line.contains("adaptive pace 30/min: 12 of 90 put off")).anyMatch(line -> line.contains("rising-deferrals")).anyMatch(line -> line.matches("ann@gmail.com +bulk +3 +12:01 .* +421 4.7.28 unusual rate of mail"));
    }

    @Test
    void aPoolShowsItsScoresByProvider() {
        assertThat(open(BULK)).anyMatch(line -> line.matches("server +10.0.0.1:25")).anyMatch(line -> line.matches("conversations +7 of at most 50")).anyMatch(line -> line.matches("google +0.41 +0.41: 12 of 90 put off *"));
        assertThat(open(Subject.of(Subject.Of.POOL, "old"))).anyMatch(line -> line.matches("draining +until 13:00 \\(1h\\) by ann: new kernel"));
    }

    @Test
    void aPairShowsWhyItIsHeldBackAndUntilWhen() {
        assertThat(open(PAIR)).anyMatch(line -> line.startsWith("pool bulk towards yahoo")).anyMatch(line -> line.matches("state +halted")).anyMatch(line -> line.matches("until +12:30 \\(30m\\)"))
                .anyMatch(line -> line.matches("why +suspend by rule yahoo-tss04 until 12:30: 421 4.7.0 \\[TSS04]")).anyMatch(line -> line.matches("binds now +suspended"));
    }

    @Test
    void anAlertShowsAllOfItsTextAndWhoTakesCare() {
        assertThat(open(ALERT)).anyMatch(line -> line.matches("text +0.2 per second, at least 5 are expected")).anyMatch(line -> line.matches("since +11:48 \\(12m ago\\)"))
                .anyMatch(line -> line.matches("suggested +look at the pools")).anyMatch(line -> line.matches("suggested +raise the pace")).anyMatch(line -> line.matches("acknowledged +by nobody"));
        assertThat(open(TAKEN)).anyMatch(line -> line.matches("acknowledged +by ann 11:30 \\(30m ago\\): more disks come"));
        assertThat(open(Subject.of(Subject.Of.ALERT, "a3"))).contains("it is neither open nor acknowledged any more");
        assertThat(open(WARNING)).anyMatch(line -> line.matches("volume now +75 % of the usual"));
    }

    @Test
    void aMessageShowsWhatHappenedToIt() {
        assertThat(open(MAIL)).anyMatch(line -> line.matches("to +ann@gmail.com")).anyMatch(line -> line.matches("10:00:00 +accepted.*"))
                .anyMatch(line -> line.matches("10:00:05 +deferred +1 +google +bulk +12:01 \\(1m\\) +421 4.7.28 unusual rate *"));
        Subject unknown = Subject.of(Subject.Of.MAIL, "m.9");
        assertThat(open(unknown)).contains("asking ...");
        assertThat(draw(opened(unknown).after(Key.of(Key.Action.PAUSE), 9), 100, 30)).contains("not asked for while paused: press r");
    }

    @Test
    void detailsFitAnyTerminalAndNothingInThemIsACommand() {
        for (Subject subject : List.of(GOOGLE, BULK, PAIR, MAIL, ALERT, TAKEN, WARNING, Subject.of(Subject.Of.PROBLEM, "[X] \u001b[2J".repeat(40)))) {
            for (int width = 20; width <= 130; width++) {
                Controls controls = opened(subject);
                for (Line line : Screen.draw(new Scene(with("\u001b[2J\u202E漢字", subject), controls, width, 24, Samples.NOW, java.time.ZoneOffset.UTC)).lines()) {
                    assertThat(line.width()).isLessThanOrEqualTo(width);
                    assertThat(line.plain()).doesNotContain("\u001b", "\u202E");
                }
            }
        }
    }

    private static Snapshot with(String hostile, Subject subject) {
        Snapshot busy = Samples.snapshot(hostile, null);
        var details = new java.util.HashMap<String, JsonNode>();
        subject.paths().forEach(path -> details.put(path, Samples.with(ANSWERS.getOrDefault(path, Samples.json("{}")), hostile)));
        return new Snapshot(busy.url(), new EnumMap<>(busy.answers()), busy.rates(), busy.answered(), null, null, details);
    }

    private static List<String> open(Subject subject) {
        return draw(opened(subject), 130, 50);
    }

    private static Controls opened(Subject subject) {
        return Samples.controls(View.MATRIX).after(Key.of(Key.Action.ENTER), 9, List.of(new Subject.Spot(new Subject.Mark("x", subject), 0)));
    }

    private static Controls typed(Controls from, String text) {
        Controls controls = from.after(Key.of(Key.Action.FILTER), 9);
        for (char c : text.toCharArray()) {
            controls = controls.after(new Key(Key.Action.TYPED, c), 9);
        }
        return controls;
    }

    private static List<String> draw(Controls controls, int width, int height) {
        return Screen.draw(scene(controls, width, height)).lines().stream().map(Line::plain).toList();
    }

    private static Scene scene(Controls controls, int width, int height) {
        Snapshot busy = Samples.busy();
        return Samples.scene(new Snapshot(busy.url(), busy.answers(), busy.rates(), busy.answered(), null, null, ANSWERS), controls, width, height);
    }
}
