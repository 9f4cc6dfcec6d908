package dev.dromedary.cli.top;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** The live view and its single picture; what {@code bin/dromedary top} runs. */
public final class Top {
    /** Over which the rates of a single picture are taken. */
    private static final long SAMPLE_MILLIS = 1_000;
    private final Feed feed;
    private final Options options;
    private final InstantSource clock = InstantSource.system();
    private final ZoneId zone = ZoneId.systemDefault();

    /**
     * @param url  of the HTTP API
     * @param key  the API key, or null
     * @param keyName environment variable that it comes from
     * @param view one of {@link #views()}
     */
    public record Options(String url, String keyName, @Nullable String key, String view, Duration interval) {
        Controls controls() {
            return Controls.first(View.valueOf(view.toUpperCase(Locale.ROOT)), interval);
        }
    }

    public Top(Options options) {
        this.options = options;
        this.feed = new Feed(new Feed.Access(options.url(), options.keyName(), options.key()), clock);
    }

    public static List<String> views() {
        return View.ids();
    }

    /** Prints the view once, as plain text of any length. @return 1 where there was no answer, which is said on {@code err} */
    public int once(PrintStream out, PrintStream err, int width, Charset charset) throws InterruptedException {
        Controls controls = options.controls();
        Snapshot first = feed.round(controls.view());
        if (first.trouble() == null) {
            // A rate is the difference of two readings, however slowly the first was answered.
            Thread.sleep(SAMPLE_MILLIS);
            feed.forget(Call.THROUGHPUT);
            first = feed.round(controls.view());
        }
        if (first.trouble() != null) {
            err.println("[%s] %s: %s".formatted(first.trouble().code(), SafeText.of(options.url()), SafeText.of(first.trouble().text())));
            return 1;
        }
        var palette = new Palette(false, unicode(charset));
        var scene = new Scene(first, controls, width, 0, first.now(clock.instant()), zone);
        Screen.draw(scene).lines().forEach(line -> out.println(palette.plain(line)));
        return 0;
    }

    /** Shows the view until it is quit. @return 1 where there is no terminal to show it on, which is said on {@code err} */
    public int live(PrintStream err, Map<String, String> environment) throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(false).build()) {
            if (terminal.getType().startsWith("dumb")) {
                err.println("[NOT_A_TERMINAL] TERM: " + terminal.getType() + "; it cannot be drawn on; set TERM, or print the view once with --once");
                return 1;
            }
            show(terminal, new Palette(colours(environment), unicode(terminal.encoding())));
            return 0;
        } catch (IllegalStateException e) {
            err.println("[NOT_A_TERMINAL] standard input and output: not a terminal; there is nothing to draw on; print the view once with --once");
            return 1;
        }
    }

    void show(Terminal terminal, Palette palette) throws IOException {
        Controls controls = options.controls();
        try (var view = new LiveView(terminal, palette, clock, zone); var poller = new Poller(feed, Snapshot.empty(options.url()), controls)) {
            // SIGTERM, or the connection of the terminal lost.
            var restore = new Thread(view::stop, "top-restore");
            Runtime.getRuntime().addShutdownHook(restore);
            try {
                poller.start();
                view.run(poller, controls);
            } finally {
                unhook(restore);
            }
        }
    }

    private static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The hook runs already.
        }
    }

    /** As no-color.org has it: set and not empty. */
    static boolean colours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    private static boolean unicode(Charset charset) {
        return charset.newEncoder().canEncode("▁█…·");
    }
}
