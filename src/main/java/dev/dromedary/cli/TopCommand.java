package dev.dromedary.cli;

import dev.dromedary.cli.top.Top;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows a running Dromedary live in the terminal. */
@Command(name = "top", description = "Show a running Dromedary live: rates, lanes, provider x pool matrix, pools, alerts, waiting mail. Press ? for its keys.", mixinStandardHelpOptions = true)
public final class TopCommand implements Callable<Integer> {
    private static final int USUAL_WIDTH = 100;
    private static final int NARROWEST = 20;
    private static final int WIDEST = 1_000;
    private static final int LONGEST_SECONDS = 3_600;

    @Mixin
    private ApiClient api = new ApiClient();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--once", description = "print the view once, as plain text, and end; status 1 where nothing answers")
    private boolean once;

    @Option(names = "--interval", paramLabel = "SECONDS", defaultValue = "2", description = "how often to ask, 1 to 3600 s (default: ${DEFAULT-VALUE})")
    private int seconds = 2;

    @Option(names = "--view", paramLabel = "NAME", defaultValue = "overview", completionCandidates = Views.class, description = "which view first: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private String view = "overview";

    @Option(names = "--width", paramLabel = "COLUMNS", description = "of the text of --once (default: of the terminal as COLUMNS has it, else 100)")
    private @Nullable Integer width;

    /** The names of the views. */
    static final class Views implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Top.views().iterator();
        }
    }

    @Override
    public Integer call() throws Exception {
        String name = view.toLowerCase(Locale.ROOT);
        if (!Top.views().contains(name)) {
            throw refused("--view", view, "write one of " + String.join(", ", Top.views()));
        }
        if (seconds < 1 || seconds > LONGEST_SECONDS) {
            throw refused("--interval", String.valueOf(seconds), "write 1 to " + LONGEST_SECONDS + " seconds");
        }
        if (width != null && (width < NARROWEST || width > WIDEST)) {
            throw refused("--width", String.valueOf(width), "write " + NARROWEST + " to " + WIDEST + " columns");
        }
        // Its remarks would land on the screen.
        Logger.getLogger("org.jline").setLevel(Level.OFF);
        var top = new Top(new Top.Options(api.url(), api.keyEnv(), api.key(), name, Duration.ofSeconds(seconds)));
        return once ? top.once(System.out, System.err, columns(), charset()) : top.live(System.err, System.getenv());
    }

    private ParameterException refused(String option, String seen, String advice) {
        return new ParameterException(spec.commandLine(), "[OPTION_INVALID] " + option + ": " + seen + "; " + advice);
    }

    private int columns() {
        String told = System.getenv().getOrDefault("COLUMNS", "");
        return width != null ? width : told.matches("\\d{2,3}") ? Math.max(NARROWEST, Integer.parseInt(told)) : USUAL_WIDTH;
    }

    /** Of standard output, as far as it is known; JDK 17 has it under a name of its own. */
    private static Charset charset() {
        return List.of("stdout.encoding", "sun.stdout.encoding", "native.encoding").stream().map(System::getProperty).filter(name -> name != null && Charset.isSupported(name)).findFirst()
                .map(Charset::forName).orElse(Charset.defaultCharset());
    }
}
