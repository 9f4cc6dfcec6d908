package dev.dromedary.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopKeysTest {
    @Test
    void charactersAndSequencesAreKeys() throws IOException {
        assertThat(keys("q1\t \u001b[A\u001b[B\u001bOC\u001b[D\u001b[5~\u001b[6~\u001b[1;5H\u001b[Zs+-?r\u0003")).extracting(Key::action).containsExactly(Key.Action.QUIT, Key.Action.VIEW, Key.Action.NEXT,
                Key.Action.PAUSE, Key.Action.UP, Key.Action.DOWN, Key.Action.RIGHT, Key.Action.LEFT, Key.Action.PAGE_UP, Key.Action.PAGE_DOWN, Key.Action.TOP, Key.Action.PREVIOUS, Key.Action.SORT,
                Key.Action.LONGER, Key.Action.SHORTER, Key.Action.HELP, Key.Action.REFRESH, Key.Action.QUIT);
    }

    @Test
    void whatIsNoKeyDoesNothingAndAnEscapeAloneGoesBack() throws IOException {
        assertThat(keys("x\u001b[<0;10;10Mé")).extracting(Key::action).containsOnly(Key.Action.NONE);
        assertThat(keys("\u001b")).extracting(Key::action).containsExactly(Key.Action.BACK);
        assertThat(keys("\u001b[" + "1".repeat(100))).extracting(Key::action).doesNotContain(Key.Action.QUIT);
    }

    @Test
    void keysChangeWhatIsShown() {
        Controls first = Controls.first(View.OVERVIEW, Duration.ofSeconds(2));
        assertThat(first.after(new Key(Key.Action.VIEW, 3), 10).view()).isEqualTo(View.MATRIX);
        assertThat(first.after(new Key(Key.Action.VIEW, 9), 10).view()).isEqualTo(View.OVERVIEW);
        assertThat(first.after(Key.of(Key.Action.PREVIOUS), 10).view()).isEqualTo(View.MAIL);
        Controls lanes = first.after(Key.of(Key.Action.NEXT), 10);
        assertThat(lanes.order()).isEqualTo("oldest");
        Controls sorted = lanes.after(Key.of(Key.Action.SORT), 10);
        assertThat(sorted.order()).isEqualTo("queued");
        assertThat(sorted.after(Key.of(Key.Action.NEXT), 10).after(Key.of(Key.Action.PREVIOUS), 10).order()).as("each view keeps its order").isEqualTo("queued");
        assertThat(first.after(Key.of(Key.Action.LONGER), 10).interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(first.after(Key.of(Key.Action.SHORTER), 10).after(Key.of(Key.Action.SHORTER), 10).interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(first.after(Key.of(Key.Action.PAUSE), 10).paused()).isTrue();
        assertThat(first.after(Key.of(Key.Action.PAGE_DOWN), 10).scroll()).isEqualTo(9);
        assertThat(first.after(Key.of(Key.Action.UP), 10).scroll()).isZero();
        assertThat(first.after(Key.of(Key.Action.HELP), 10).after(Key.of(Key.Action.BACK), 10).help()).isFalse();
    }

    @Test
    void aFilterIsTypedLetterByLetter() throws IOException {
        Controls typing = press(Controls.first(View.LANES, Duration.ofSeconds(2)), "/q1 é\u007fx");
        assertThat(typing.focus().typing()).isTrue();
        assertThat(typing.focus().filter()).as("keys are letters now").isEqualTo("q1 x");
        Controls kept = press(typing, "\r");
        assertThat(kept.focus().typing()).isFalse();
        assertThat(press(kept, "3").focus().filter()).as("in the other views too").isEqualTo("q1 x");
        assertThat(press(kept, "\u001b").focus().filter()).isEmpty();
        assertThat(press(typing, "\u001b").focus().typing()).isFalse();
        assertThat(press(typing, "\b\b\b\b\b").focus().filter()).isEmpty();
        assertThat(Key.typed(3, () -> Key.NOTHING).action()).isEqualTo(Key.Action.QUIT);
        assertThat(press(typing, "y".repeat(500)).focus().filter()).hasSize(60);
    }

    @Test
    void arrowsSelectARowThatEnterOpensAndEscapeLeaves() throws IOException {
        List<Subject.Spot> spots = List.of(spot("google", 0), spot("yahoo", 1), spot("aol", 5));
        Controls first = Controls.first(View.LANES, Duration.ofSeconds(2));
        Controls down = first.after(Key.of(Key.Action.DOWN), 10, spots);
        assertThat(down.focus().mark()).isEqualTo(spots.get(0).mark());
        assertThat(down.after(Key.of(Key.Action.DOWN), 10, spots).focus().mark()).isEqualTo(spots.get(1).mark());
        assertThat(down.after(Key.of(Key.Action.BOTTOM), 10, spots).focus().mark()).isEqualTo(spots.get(2).mark());
        assertThat(down.after(Key.of(Key.Action.UP), 10, spots).focus().mark()).isEqualTo(spots.get(0).mark());
        Controls open = down.after(Key.of(Key.Action.ENTER), 10, spots);
        assertThat(open.focus().open()).isEqualTo(Subject.of(Subject.Of.LANE, "google"));
        Controls back = open.after(Key.of(Key.Action.BACK), 10, List.of());
        assertThat(back.focus().open()).isNull();
        assertThat(back.focus().mark()).isEqualTo(spots.get(0).mark());
        assertThat(back.after(Key.of(Key.Action.BACK), 10, spots).focus().mark()).isNull();
        assertThat(first.after(Key.of(Key.Action.ENTER), 10, spots).focus().open()).as("the first, where none is selected").isEqualTo(Subject.of(Subject.Of.LANE, "google"));
        assertThat(first.after(Key.of(Key.Action.ENTER), 10).focus().open()).isNull();
        assertThat(open.after(Key.of(Key.Action.NEXT), 10).focus().open()).isNull();
        List<Subject.Spot> others = List.of(spot("aol", 0), spot("gmx", 1), spot("yahoo", 2));
        assertThat(down.after(Key.of(Key.Action.DOWN), 10, others).focus().mark()).as("from its place, where it is gone").isEqualTo(others.get(1).mark());
    }

    private static Subject.Spot spot(String lane, int row) {
        return new Subject.Spot(new Subject.Mark("lane", Subject.of(Subject.Of.LANE, lane)), row);
    }

    private static Controls press(Controls from, String typed) throws IOException {
        int[] at = {0};
        Key.Source source = () -> at[0] < typed.length() ? typed.charAt(at[0]++) : Key.NOTHING;
        Controls controls = from;
        while (at[0] < typed.length()) {
            int c = source.read();
            controls = controls.after(controls.focus().typing() ? Key.typed(c, source) : Key.read(c, source), 10);
        }
        return controls;
    }

    private static List<Key> keys(String typed) throws IOException {
        int[] at = {0};
        Key.Source source = () -> at[0] < typed.length() ? typed.charAt(at[0]++) : Key.NOTHING;
        var keys = new ArrayList<Key>();
        while (at[0] < typed.length()) {
            keys.add(Key.read(source.read(), source));
        }
        return keys;
    }
}
