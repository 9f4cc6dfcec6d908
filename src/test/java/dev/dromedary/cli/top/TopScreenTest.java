package dev.dromedary.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopScreenTest {
    private static final Snapshot.Trouble TROUBLE = new Snapshot.Trouble("NOT_RUNNING", "nothing answers there; start it with: dromedary run, or name another with --url", Instant.parse("2026-11-24T11:59:31Z"));
    private static final Palette COLOURED = new Palette(true, true);
    private static final Pattern STYLE = Pattern.compile("\u001b\\[[0-9;]*m");

    @ParameterizedTest
    @EnumSource(View.class)
    void noLineIsEverWiderThanTheTerminalNorTheScreenHigher(View view) {
        for (Snapshot snapshot : List.of(Samples.busy(), Samples.snapshot("漢字かな交じり文の長い名前がここに入る", TROUBLE), Samples.snapshot("é\u0301\u0301\u0301 👩‍👩‍👧 \t\n", null), Snapshot.empty(Samples.URL),
                new Snapshot(Samples.URL, Map.of(), Rates.UNKNOWN, Samples.NOW, null, "/v1/lanes: 503 away", Map.of()))) {
            for (int width = 20; width <= 200; width++) {
                for (int height : width % 10 == 0 ? new int[] {1, 2, 5, 9, 24, 60} : new int[] {3, 24}) {
                    for (Controls controls : List.of(Samples.controls(view), Samples.controls(view).after(Key.of(Key.Action.HELP), 9), Samples.controls(view).after(Key.of(Key.Action.BOTTOM), 9).after(Key.of(Key.Action.RIGHT), 9))) {
                        List<Line> lines = Screen.draw(Samples.scene(snapshot, controls, width, height)).lines();
                        assertThat(lines).hasSize(height);
                        for (Line line : lines) {
                            assertThat(line.width()).as("%s at %d x %d: %s", view, width, height, line.plain()).isLessThanOrEqualTo(width);
                            assertThat(COLOURED.draw(line).columnLength()).as(line.plain()).isEqualTo(line.width());
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void asTextItFitsAnyWidthToo(View view) {
        for (int width = 20; width <= 200; width++) {
            for (Line line : Screen.draw(Samples.scene(Samples.busy(), Samples.controls(view), width, 0)).lines()) {
                assertThat(line.width()).isLessThanOrEqualTo(width);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[2J\u001b[1;31mred", "\u009b2J", "\u001b]0;title\u0007", "a\rb\bc\u0000d\u007f", "\u202Egnirts\u202C", "zero\u200B\u200D\uFEFFwidth", "\uD800", "\u2028line\u2029", "\u001bPq\u001b\\"})
    void nothingOfTheServersTextsReachesTheTerminalAsACommand(String hostile) {
        var trouble = new Snapshot.Trouble("API_UNREACHABLE", hostile, Samples.NOW);
        for (View view : View.values()) {
            for (Snapshot snapshot : List.of(Samples.snapshot(hostile, null), Samples.snapshot(hostile, trouble), new Snapshot(hostile, Map.of(), Rates.UNKNOWN, null, trouble, null, Map.of()),
                    new Snapshot(Samples.URL, Map.of(), Rates.UNKNOWN, Samples.NOW, null, hostile, Map.of()))) {
                for (Line line : Screen.draw(Samples.scene(snapshot, Samples.controls(view), 100, 40)).lines()) {
                    String drawn = STYLE.matcher(COLOURED.draw(line).toAnsi()).replaceAll("");
                    assertThat(drawn.codePoints().filter(TopScreenTest::dangerous).boxed().toList()).as(line.plain()).isEmpty();
                }
            }
        }
    }

    private static boolean dangerous(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    @Test
    void anyTextIsHarmlessAndAsWideAsCounted() {
        var random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            String text = random.ints(random.nextInt(1, 12), 0, 0x20000).mapToObj(c -> new String(Character.toChars(c))).collect(Collectors.joining());
            Line line = Line.of(text);
            assertThat(line.plain().codePoints().anyMatch(TopScreenTest::dangerous)).as(text).isFalse();
            assertThat(COLOURED.draw(line).columnLength()).isEqualTo(line.width());
            assertThat(line.fit(5).width()).isLessThanOrEqualTo(5);
            assertThat(line.wrap(4, 3)).hasSizeLessThanOrEqualTo(3).allMatch(part -> part.width() <= 4);
            assertThat(new Palette(true, false).plain(line)).matches("[ -~]*");
        }
    }

    @Test
    void theHeaderSaysAtAGlanceHowItGoes() {
        List<String> lines = plain(Samples.busy(), Samples.controls(View.OVERVIEW), 80, 24);
        assertThat(lines.get(0)).startsWith("dromedary 0.1.0  mx-1  up 3d4h  ready").endsWith("every 2s  12:00:00 UTC");
        assertThat(lines.get(1)).matches("accepted +20/s  ▂▅·█ +delivered +90/s  ▁▅·█ *");
        assertThat(lines.get(2)).matches("deferred +4\\.0/s  ▁▁·▁ +bounced +0\\.5/s  ▅▁·█ *");
        assertThat(lines.get(3)).isEqualTo("on lanes 12,088   waiting 317   oldest 2h1m google   dead 12   2 critical  1 wa…");
        assertThat(lines.get(4)).contains("1 Overview").contains("5 Alerts 3");
        assertThat(lines.get(23)).startsWith("q quit  ? help");
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void theViewThatIsSeenIsNamedAtAnyWidth(View view) {
        for (int width = 20; width <= 120; width++) {
            assertThat(plain(Samples.busy(), Samples.controls(view), width, 24)).anyMatch(line -> line.contains(" " + (view.ordinal() + 1) + " " + view.title));
        }
    }

    @Test
    void noHeadingStandsWithoutARowBelowIt() {
        var headings = Pattern.compile("(?:attention|lane|matrix|held back|pool|alerts|pair|why mail waits|waiting|first to go|dead letters) {2,}(?:since|queued|bulk|pool|state|messages|kind|for|provider|next|outcome).*");
        for (View view : View.values()) {
            for (int width : new int[] {40, 60, 80, 120}) {
                for (int height = 6; height <= 40; height++) {
                    Controls controls = Samples.controls(view);
                    for (int scroll = 0; scroll < 12; scroll++, controls = controls.after(Key.of(Key.Action.DOWN), 9)) {
                        List<String> lines = plain(Samples.busy(), controls, width, height);
                        for (int i = 0; i < lines.size() - 1; i++) {
                            if (headings.matcher(lines.get(i)).matches()) {
                                assertThat(lines.get(i + 1)).as("%s at %d x %d after %d: below %s", view, width, height, scroll, lines.get(i)).isNotBlank().doesNotStartWith("...").doesNotStartWith("q quit").doesNotMatch(headings);
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void onSmallScreensEachPartOfTheOverviewHasItsWorstRow() {
        assertThat(plain(Samples.busy(), Samples.controls(View.OVERVIEW), 60, 15)).anyMatch(line -> line.matches("lane +queued .*")).anyMatch(line -> line.startsWith("google ")).anyMatch(line -> line.startsWith("spare "))
                .anyMatch(line -> line.startsWith("critical ")).anyMatch(line -> line.matches("matrix +bulk +spare +old +2 more: press 3"));
        assertThat(plain(Samples.busy(), Samples.controls(View.OVERVIEW), 60, 11)).anyMatch(line -> line.startsWith("critical ")).contains("lanes  2: press 2", "pools  3: press 4");
    }

    @Test
    void theOverviewShowsSomethingOfEveryPart() {
        assertThat(String.join("\n", plain(Samples.busy(), Samples.controls(View.OVERVIEW), 80, 24))).contains("critical     12m  google: 0.2 per second", "google", "12,034", "halted 12:30", "paused 13:00", "94 of 30/min", "held", "draining", "unhealthy");
    }

    @Test
    void aPauseOfAPoolIsTheEndOfItsPairsWhereItLastsLonger() {
        List<String> lines = plain(Samples.busy(), Samples.controls(View.MATRIX), 140, 40);
        assertThat(lines).anyMatch(line -> line.matches("yahoo +old +paused +13:00 \\(1h\\).*")).anyMatch(line -> line.matches("google +old +paused +13:00 \\(1h\\).*"))
                .anyMatch(line -> line.matches("google +94 of 30/min 5/3 +- +paused 13:00 *"));
    }

    @Test
    void theMatrixSaysWhyAndUntilWhenEachPairIsHeldBack() {
        var answers = new java.util.EnumMap<>(Samples.busy().answers());
        answers.remove(Call.HOLDS);
        var free = new Snapshot(Samples.URL, answers, Samples.busy().rates(), Samples.NOW, null, null, Map.of());
        List<String> lines = plain(free, Samples.controls(View.MATRIX), 140, 40);
        assertThat(lines).anyMatch(line -> line.matches("yahoo +bulk +halted +12:30 \\(30m\\).*suspend by rule yahoo-tss04 until 12:30: 421 4\\.7\\.0 \\[TSS04] *"));
        assertThat(lines).anyMatch(line -> line.matches("google +bulk +throttled +12:15 \\(15m\\) +5/3 +94 +30/min +0\\.41 +adaptive pace 30/min: 12 of 90 put off *"));
        assertThat(lines).anyMatch(line -> line.matches("yahoo +old +ejected +12:05 \\(5m\\).*9 of 20 blocked *"));
        assertThat(lines).anyMatch(line -> line.matches("google +old +no room .*rate of 60/min *"));
        assertThat(lines).anyMatch(line -> line.matches("google +94 of 30/min 5/3 +- +0/s 1 full *"));
    }

    @Test
    void poolsLanesAlertsAndMailAreEachShown() {
        assertThat(plain(Samples.busy(), Samples.controls(View.POOLS), 160, 30)).anyMatch(line -> line.matches("old +draining +1/20.*until 13:00 \\(1h\\) by ann: new kernel *"))
                .anyMatch(line -> line.matches("spare +unhealthy.*connection refused *")).anyMatch(line -> line.matches("bulk +halted at 1 .*0\\.41 google.*"));
        assertThat(plain(Samples.busy(), Samples.controls(View.LANES), 120, 30)).anyMatch(line -> line.matches("google +12,034 +50 +2h1m +317 +200 +100 +15 +2 +0 +90 +4\\.0 +0 *"))
                .anyMatch(line -> line.matches("yahoo +4 .* held *"))
                .anyMatch(line -> line.contains("421 4.7.28 unusual rate")).anyMatch(line -> line.contains("1 other lanes are empty")).anyMatch(line -> line.contains("paused until 13:00 by ann"));
        assertThat(plain(Samples.busy(), Samples.controls(View.ALERTS), 120, 30)).anyMatch(line -> line.matches("critical +12m +low-throughput +google +0\\.2 per second, at least 5 are expected -> look at the.*"))
                .anyMatch(line -> line.contains("rising-deferrals"));
        assertThat(plain(Samples.busy(), Samples.controls(View.MAIL), 120, 30)).anyMatch(line -> line.matches("ann@gmail.com +google +bulk +deferred +3 +12:01 \\(1m\\) +421 4.7.28 unusual rate"))
                .anyMatch(line -> line.matches("gone@yahoo.com +yahoo +bulk +bounced +1h +550 5.1.1 no such user")).contains("the first 1 of 317");
    }

    @Test
    void withoutAlertsThatPartIsLeftOut() {
        var answers = new java.util.EnumMap<>(Samples.busy().answers());
        answers.remove(Call.ALERTS);
        answers.remove(Call.WARNINGS);
        answers.put(Call.STATUS, Samples.json("{\"problems\": [], \"pools\": []}"));
        var quiet = new Snapshot(Samples.URL, answers, Rates.UNKNOWN, Samples.NOW, null, null, Map.of());
        assertThat(plain(quiet, Samples.controls(View.ALERTS), 80, 24)).contains("no problem, no early warning").anyMatch(line -> line.contains("all quiet"));
        assertThat(plain(quiet, Samples.controls(View.OVERVIEW), 80, 24)).noneMatch(line -> line.contains("attention"));
    }

    @Test
    void aLostServerLeavesTheLastStateDimmedAndSaysSinceWhenAndWhy() {
        Screen.Frame frame = Screen.draw(Samples.scene(Samples.snapshot(null, TROUBLE), Samples.controls(View.LANES), 100, 24));
        assertThat(frame.lines().get(1).plain()).startsWith(" no answer since 11:59:31: [NOT_RUNNING] nothing answers there");
        assertThat(frame.lines().stream().map(Line::plain)).anyMatch(line -> line.startsWith("google"));
        Line google = frame.lines().stream().filter(line -> line.plain().startsWith("google")).findFirst().orElseThrow();
        assertThat(COLOURED.draw(google).toAnsi()).startsWith("\u001b[2m");
    }

    @Test
    void itNeverSaysByColourAloneAndUsesNoneWhereNoneIsWanted() {
        for (Ink ink : Ink.values()) {
            assertThat(new Palette(false, true).draw(Line.of("x", ink)).toAnsi()).as(ink.name()).doesNotContainPattern("\u001b\\[[0-9;]*(?:3[0-9]|9[0-7]|38;)");
        }
        assertThat(Top.colours(Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Top.colours(Map.of("NO_COLOR", ""))).isTrue();
    }

    @Test
    void aTerminalWithoutUnicodeGetsAscii() {
        var ascii = new Palette(true, false);
        var lines = new ArrayList<String>();
        Screen.draw(Samples.scene(Samples.snapshot("漢字", null), Samples.controls(View.OVERVIEW), 80, 24)).lines().forEach(line -> {
            assertThat(ascii.draw(line).columnLength()).isEqualTo(line.width());
            lines.add(ascii.plain(line));
        });
        assertThat(lines).allMatch(line -> line.matches("[ -~]*"));
    }

    @Test
    void scrollingShowsTheRestAndEndsAtTheLastLine() {
        Scene scene = Samples.scene(Samples.busy(), Samples.controls(View.MATRIX).after(Key.of(Key.Action.BOTTOM), 5), 80, 14);
        Screen.Frame frame = Screen.draw(scene);
        assertThat(frame.most()).isPositive();
        assertThat(frame.lines().get(13).plain()).contains(" of ");
        assertThat(scene.controls().within(frame.most(), frame.columns() - 1).scroll()).isEqualTo(frame.most());
        assertThat(frame.lines().get(12).plain()).startsWith("aol");
    }

    private static List<String> plain(Snapshot snapshot, Controls controls, int width, int height) {
        return Screen.draw(Samples.scene(snapshot, controls, width, height)).lines().stream().map(Line::plain).toList();
    }
}
