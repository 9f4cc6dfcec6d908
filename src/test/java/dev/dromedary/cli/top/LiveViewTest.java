package dev.dromedary.cli.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The live view on a terminal whose keys are typed and whose screen is read here. */
class LiveViewTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MAIN_SCREEN = "\u001b[?1049l";
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PipedOutputStream keys = new PipedOutputStream();
    private SampleServer server;
    private Terminal terminal;
    private Attributes before;
    private CompletableFuture<Void> ended;

    @BeforeEach
    void start() throws IOException {
        server = new SampleServer();
        terminal = new ExternalTerminal("test", "xterm-256color", new PipedInputStream(keys), screen, StandardCharsets.UTF_8);
        terminal.setSize(new Size(100, 30));
        before = terminal.getAttributes();
        var top = new Top(new Top.Options(server.url(), "DROMEDARY_API_KEY", null, "overview", Duration.ofSeconds(1)));
        ended = CompletableFuture.runAsync(() -> {
            try {
                top.show(terminal, new Palette(true, true));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        shows("mx-1");
    }

    @AfterEach
    void stop() throws IOException {
        terminal.close();
        server.close();
    }

    @Test
    void keysSwitchViewsAndQEndsItWithTheTerminalAsItWas() throws Exception {
        assertThat(written()).contains("\u001b[?1049h").contains("\u001b[?25l");
        type("2");
        shows("why mail waits");
        type("\t");
        shows("adaptive pace 30/min");
        type("\u001b[Z\u001b[Z6");
        shows("ann@gmail.com");
        type("?");
        shows("ask less often");
        type("q");
        endsAndRestores();
    }

    @Test
    void controlCEndsItToo() throws Exception {
        type("\u0003");
        endsAndRestores();
    }

    @Test
    void anEndOfInputEndsIt() throws Exception {
        keys.close();
        endsAndRestores();
    }

    @Test
    void aRowIsFilteredForSelectedAndOpened() throws Exception {
        server.more.put(Subject.of(Subject.Of.MAIL, "m.1").message(), "{\"events\": [{\"event\": \"accepted\", \"at\": \"2026-11-24T10:00:00Z\"}, {\"event\": \"deferred\", \"at\": \"2026-11-24T10:00:05Z\", \"detail\": \"mind the gap\"}]}");
        type("6");
        shows("ann@gmail.com");
        type("/q@nowhere\r");
        shows("no row contains");
        type("\u001b");
        shows("ann@gmail.com");
        type("/ANN@\r\u001b[B");
        shows("> ann@gmail.com");
        type("\r");
        shows("mind the gap");
        screen.reset();
        type("\u001b");
        shows("> ann@gmail.com");
        type("q");
        endsAndRestores();
    }

    @Test
    void anotherSizeIsDrawnAnew() throws Exception {
        screen.reset();
        terminal.setSize(new Size(40, 12));
        terminal.raise(Signal.WINCH);
        shows("delivered");
        type("q");
        endsAndRestores();
    }

    @Test
    void pausedItAsksNothingAndGoesOn() throws Exception {
        type("p");
        shows("PAUSED");
        int asked = server.asked.size();
        type("s2");
        shows("why mail waits");
        assertThat(server.asked.size() - asked).as("at most the round under way").isLessThanOrEqualTo(Call.values().length);
        screen.reset();
        type("p");
        shows("every");
        await().atMost(PATIENCE).until(() -> server.asked.size() > asked + 1);
        type("q");
        endsAndRestores();
    }

    @Test
    void aServerThatIsGoneIsToldAndItGoesOnWhenItIsBack() throws Exception {
        server.stop();
        shows("no answer since");
        screen.reset();
        server.start();
        // The line goes away, and what is drawn below moves up again.
        await().atMost(PATIENCE).until(() -> server.asked.stream().filter(request -> request.startsWith("/v1/node")).count() >= 2);
        type("2");
        shows("why mail waits");
        type("q");
        endsAndRestores();
    }

    private void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private String written() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    /** Styles left out. */
    private void shows(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(written().replaceAll("\u001b\\[[0-9;]*m", "").replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", " ")).contains(text));
    }

    private void endsAndRestores() throws Exception {
        ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(written()).contains(MAIN_SCREEN).containsPattern("\u001b\\[\\?(?:12l\u001b\\[\\?)?25h");
        assertThat(terminal.getAttributes().getLocalFlags()).isEqualTo(before.getLocalFlags());
        assertThat(terminal.getAttributes().getInputFlags()).isEqualTo(before.getInputFlags());
    }
}
