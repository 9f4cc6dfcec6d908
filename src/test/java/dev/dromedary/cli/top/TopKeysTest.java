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
