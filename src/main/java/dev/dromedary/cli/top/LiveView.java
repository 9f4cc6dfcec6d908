package dev.dromedary.cli.top;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/** The live screen: draws what the feed brings, and does what the keys say, until it is told to end. The terminal is left as it was found, however it ends. */
final class LiveView implements AutoCloseable {
    private static final long TICK_MILLIS = 100;
    private static final long SEQUENCE_MILLIS = 50;
    private static final long STOP_MILLIS = 3_000;
    private static final Size USUAL = new Size(80, 24);
    private final Terminal terminal;
    private final Palette palette;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Attributes before;
    private final Display display;
    private final AtomicBoolean resized = new AtomicBoolean(true);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch left = new CountDownLatch(1);
    private boolean closed;

    LiveView(Terminal terminal, Palette palette, InstantSource clock, ZoneId zone) {
        this.terminal = terminal;
        this.palette = palette;
        this.clock = clock;
        this.zone = zone;
        this.before = terminal.enterRawMode();
        this.display = new Display(terminal, true);
        Attributes raw = terminal.getAttributes();
        // Ctrl-C comes as a key; Ctrl-Z would leave the shell with our screen.
        raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
        terminal.setAttributes(raw);
        terminal.handle(Signal.WINCH, signal -> resized.set(true));
        terminal.handle(Signal.CONT, signal -> resized.set(true));
        terminal.handle(Signal.INT, signal -> ended.set(true));
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.keypad_xmit);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    /** Returns when the person at the keys has had enough, or is gone. */
    void run(Poller poller, Controls first) throws IOException {
        try {
            show(poller, first);
        } finally {
            left.countDown();
        }
    }

    private void show(Poller poller, Controls first) throws IOException {
        Controls controls = first;
        Object shown = List.of();
        NonBlockingReader reader = terminal.reader();
        while (!ended.get()) {
            Snapshot snapshot = poller.latest();
            Instant second = Instant.ofEpochSecond(clock.instant().getEpochSecond());
            boolean anew = resized.getAndSet(false);
            Object wanted = List.of(snapshot, controls, controls.paused() ? Instant.MIN : second);
            Screen.Frame frame = Screen.draw(scene(snapshot, controls));
            controls = controls.within(frame.from(), frame.columns() - 1);
            if (anew || !wanted.equals(shown)) {
                draw(frame, anew);
                shown = wanted;
            }
            int character = reader.read(TICK_MILLIS);
            if (character != Key.NOTHING) {
                Key.Source more = () -> reader.read(SEQUENCE_MILLIS);
                Key key = controls.focus().typing() ? Key.typed(character, more) : Key.read(character, more);
                controls = controls.after(key, frame.page(), frame.spots());
                ended.compareAndSet(false, key.action() == Key.Action.QUIT);
                poller.told(controls, key.action() == Key.Action.REFRESH);
            }
        }
    }

    private Scene scene(Snapshot snapshot, Controls controls) {
        Size size = size();
        Instant here = controls.paused() && snapshot.answered() != null ? snapshot.answered() : clock.instant();
        return new Scene(snapshot, controls, size.getColumns(), size.getRows(), snapshot.now(here), zone);
    }

    /** Some terminals do not know. */
    private Size size() {
        Size size = terminal.getSize();
        return size.getColumns() > 0 && size.getRows() > 0 ? size : USUAL;
    }

    private void draw(Screen.Frame frame, boolean anew) {
        Size size = size();
        if (anew) {
            display.resize(size.getRows(), size.getColumns());
            display.clear();
        }
        // The display adds to its list.
        display.update(frame.lines().stream().map(palette::draw).collect(Collectors.toCollection(ArrayList::new)), 0);
    }

    void end() {
        ended.set(true);
    }

    /** From another thread: ends it, and leaves the terminal as it was once nobody reads from it. Whoever reads makes it raw again: a read looks at the settings, and sets what it needs of them. */
    void stop() {
        end();
        try {
            left.await(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /** Whoever comes second returns when the first is done: the JVM may end then. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            terminal.puts(Capability.exit_attribute_mode);
            terminal.puts(Capability.exit_ca_mode);
            terminal.puts(Capability.keypad_local);
            terminal.puts(Capability.cursor_normal);
            terminal.flush();
            terminal.setAttributes(before);
        }
    }
}
