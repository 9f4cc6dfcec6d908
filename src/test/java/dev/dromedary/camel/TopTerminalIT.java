package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/dromedary top} as at an operator's: a process of its own in a terminal of the system, looking at a whole program. */
class TopTerminalIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROWS = 30;
    private static final int COLUMNS = 104;
    private static final String[] VIEWS = {"Overview", "Lanes", "Matrix", "Pools", "Alerts", "Mail"};

    @TempDir
    static Path folder;

    private static TestProgram program;
    private PseudoTerminal terminal;

    @BeforeAll
    static void startProgram() throws Exception {
        assumeTrue(PseudoTerminal.isThere(), "script of util-linux and stty of coreutils");
        program = TestProgram.start(folder, "node: mx-9\n" + TestProgram.ONE_POOL);
        program.eventually(program.submit("ann@gmail.com"), "delivered");
        program.eventually(program.submit("tempfail@gmail.com"), "deferred");
        program.eventually(program.submit("bounce@yahoo.com"), "dead-lettered");
        await().atMost(PATIENCE).until(() -> program.count("select count(*) from dead_letter") == 1 && program.count("select count(*) from deferred") == 1);
    }

    @AfterAll
    static void stopProgram() {
        if (program != null) {
            program.close();
        }
    }

    @BeforeEach
    void open(TestInfo test) throws Exception {
        terminal = PseudoTerminal.start(folder.resolve(test.getTestMethod().orElseThrow().getName()), ROWS, COLUMNS, Path.of("bin/dromedary").toAbsolutePath().toString(), "top", "--interval", "1",
                "--url", "http://127.0.0.1:" + program.config().http().port());
        terminal.shows("mx-9", "ready");
    }

    @AfterEach
    void close() {
        assertThat(terminal.see(TerminalPicture::unknown)).as("all that it writes is understood here").isEmpty();
        terminal.close();
    }

    @Test
    void keysDoWhatTheySay() throws Exception {
        assertThat(terminal.is(TerminalPicture::isAlternate)).isTrue();
        assertThat(terminal.is(TerminalPicture::hasCursor)).isFalse();
        terminal.type("2");
        terminal.shows("why mail waits", "sort: oldest");
        terminal.type("s");
        terminal.shows("sort: queued");
        terminal.type("3");
        terminal.shows("pair ", "sort: trouble");
        terminal.type("4");
        terminal.shows("worst score", "127.0.0.1:" + program.sink().port());
        terminal.type("5");
        terminal.shows("sort: severity");
        terminal.type("6");
        terminal.shows("tempfail@gmail.com", "bounce@yahoo.com");
        terminal.type("\t");
        terminal.shows("lane ", "matrix ", "pool ");
        terminal.type("\u001b[Z");
        terminal.shows("tempfail@gmail.com");
        terminal.type("1?");
        terminal.shows("ask less often");
        terminal.type("\u001b");
        terminal.noLongerShows("ask less often");
        terminal.type(" ");
        terminal.shows("PAUSED", "p go on");
        terminal.type(" ");
        terminal.shows("every 1s", "p pause");
        inPlace();
        terminal.type("q");
        restored();
    }

    @Test
    void aRowIsFilteredForSelectedAndOpened() throws Exception {
        terminal.type("6");
        terminal.shows("tempfail@gmail.com", "bounce@yahoo.com");
        terminal.type("/TEMPFAIL\r");
        terminal.shows("/TEMPFAIL", "tempfail@gmail.com");
        terminal.noLongerShows("bounce@yahoo.com");
        terminal.type("j\r");
        terminal.shows("message ", "accepted", "deferred", "451");
        terminal.type("\u001b");
        terminal.shows("> tempfail@gmail.com");
        terminal.type("\u001b");
        terminal.shows("bounce@yahoo.com");
        terminal.type("2\r");
        terminal.shows("lane google", "last reply");
        terminal.type("3");
        terminal.shows("pair ");
        terminal.type("G");
        terminal.type("j\u001b[F\r");
        terminal.shows("pool sink towards ", "score with");
        terminal.type("4\r");
        terminal.shows("pool sink", "conversations", "score with");
        inPlace();
        terminal.type("5");
        terminal.shows("sort: severity");
        terminal.type("q");
        restored();
    }

    @Test
    void anotherSizeIsDrawnAnewAndEachLineFits() throws Exception {
        for (int[] size : new int[][] {{24, 80}, {15, 60}, {9, 41}, {50, 190}, {12, 20}, {ROWS, COLUMNS}}) {
            terminal.resize(size[0], size[1]);
            assertThat(terminal.lines()).hasSize(size[0]);
            for (int view = 1; view <= VIEWS.length; view++) {
                terminal.type(String.valueOf(view));
                terminal.shows(" " + view + " " + VIEWS[view - 1]);
                inPlace();
            }
            terminal.type("?");
            terminal.shows("? Help");
            inPlace();
        }
        terminal.type("1");
        terminal.shows("mx-9", "up ", "every 1s");
        terminal.type("q");
        restored();
    }

    @Test
    void controlCEndsItToo() throws Exception {
        terminal.type("\u0003");
        restored();
    }

    @Test
    void aTerminatedOneLeavesTheTerminalAsItWasToo() throws Exception {
        terminal.terminate();
        await().atMost(PATIENCE).until(() -> !terminal.is(TerminalPicture::isAlternate));
        assertThat(terminal.ended()).isEqualTo(143);
        leftAsItWas();
    }

    @Test
    void aServerThatIsGoneIsToldAboveTheLastPictureAndItGoesOnByItself() throws Exception {
        terminal.type("6");
        terminal.shows("tempfail@gmail.com");
        program.stop();
        try {
            terminal.shows("no answer since ", "[NOT_RUNNING] nothing answers there", "tempfail@gmail.com");
            assertThat(terminal.is(picture -> picture.isDim("tempfail@gmail.com"))).isTrue();
            assertThat(terminal.is(picture -> picture.isDim("mx-9"))).isTrue();
        } finally {
            program.startAgain();
        }
        terminal.noLongerShows("no answer since ");
        terminal.shows("mx-9", "ready", "tempfail@gmail.com");
        assertThat(terminal.is(picture -> picture.isDim("mx-9"))).isFalse();
        terminal.type("q");
        restored();
    }

    /** A line that were wider than the terminal would push the others down, or leave its end in the next. */
    private void inPlace() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> lines = terminal.lines();
            assertThat(lines.get(0)).startsWith("dromedary ");
            assertThat(lines.get(1)).startsWith("accepted ");
            assertThat(lines.get(lines.size() - 1)).matches("(?:Esc back  )?q quit.*");
            assertThat(String.join("\n", lines)).containsOnlyOnce("dromedary ").containsOnlyOnce("accepted ").containsOnlyOnce("q quit");
        });
    }

    private void restored() throws Exception {
        assertThat(terminal.ended()).isZero();
        leftAsItWas();
    }

    private void leftAsItWas() throws Exception {
        await().atMost(PATIENCE).until(() -> !terminal.is(TerminalPicture::isAlternate) && terminal.is(TerminalPicture::hasCursor));
        assertThat(terminal.noted("after")).as("stty -g").isEqualTo(terminal.noted("before"));
    }
}
