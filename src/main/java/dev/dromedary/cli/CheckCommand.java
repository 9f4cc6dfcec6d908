package dev.dromedary.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.dromedary.config.AlertSettings;
import dev.dromedary.config.AlertTargets;
import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.LintResult;
import dev.dromedary.config.Problem;
import dev.dromedary.provider.BuiltInProviders;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything that is wrong with the configuration, at once, without starting anything. */
@Command(name = "check", mixinStandardHelpOptions = true, description = "Checks the configuration and prints every problem. Exit code 1 where one is an error.")
public final class CheckCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Option(names = "--config", paramLabel = "DIR", defaultValue = "config", description = "Folder with dromedary.yaml (${DEFAULT-VALUE}).")
    private Path config = Path.of("config");

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = "Folder for what is kept (${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    public CheckCommand() {
        this(System.getenv());
    }

    CheckCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        LintResult result = new ConfigLoader(BuiltInProviders.load()).lint(config, data, environment);
        PrintWriter out = spec == null ? new PrintWriter(System.out, true) : spec.commandLine().getOut();
        if (json) {
            out.println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(object(result)));
        } else {
            print(result, out);
        }
        out.flush();
        return result.errors() == 0 ? 0 : 1;
    }

    private static void print(LintResult result, PrintWriter out) {
        for (Problem problem : result.problems()) {
            out.println(problem.severity().name().toLowerCase(Locale.ROOT) + " " + problem);
        }
        if (result.config() != null) {
            listeners(result.config()).forEach(out::println);
            pools(result.config()).forEach(out::println);
            routes(result.config()).forEach(out::println);
            RetryLines.all(result.config()).forEach(out::println);
            out.println(alerts(result.config().alerts()));
        }
        out.println(result.errors() + " errors, " + result.warnings() + " warnings");
    }

    private static List<String> listeners(DromedaryConfig config) {
        List<String> lines = new ArrayList<>();
        lines.add("listener http " + config.http().bind() + ":" + config.http().port() + ", " + config.http().apiKeys().size() + " API keys");
        lines.add("listener management " + config.management().bind() + ":" + config.management().port());
        if (config.smtp().enabled()) {
            lines.add("listener smtp " + config.smtp().bind() + ":" + config.smtp().port() + ", " + config.smtp().users().size() + " users, TLS " + (config.smtp().tls() == null ? "off" : "on"));
        }
        if (config.broker().mode() == DromedaryConfig.Mode.EMBEDDED) {
            acceptor(lines, "core", config.broker().core());
            acceptor(lines, "amqp", config.broker().amqp());
        }
        if (config.sandbox().enabled()) {
            lines.add("listener sandbox 127.0.0.1:" + config.sandbox().port());
        }
        return lines;
    }

    private static void acceptor(List<String> lines, String name, DromedaryConfig.Acceptor acceptor) {
        if (acceptor.enabled()) {
            lines.add("listener " + name + " " + acceptor.bind() + ":" + acceptor.port() + ", user " + acceptor.user());
        }
    }

    private static List<String> pools(DromedaryConfig config) {
        return config.pools().values().stream()
                .map(pool -> "pool " + pool.id() + " " + pool.host() + ":" + pool.port() + ", TLS " + pool.tls().name().toLowerCase(Locale.ROOT)
                        + ", at most " + pool.maxConnections() + " connections" + (pool.rate() == null ? "" : ", " + pool.rate().permits() + " per " + pool.rate().period()))
                .toList();
    }

    private static List<String> routes(DromedaryConfig config) {
        return config.routes().stream()
                .map(route -> "delivery route " + route.id() + " " + String.join(" ", route.recipients()) + " -> " + String.join(", ", route.pools()))
                .toList();
    }

    private static String alerts(AlertSettings settings) {
        if (!settings.enabled()) {
            return "alerts off";
        }
        AlertTargets targets = settings.targets();
        List<String> told = new ArrayList<>();
        targets.webhooks().forEach(hook -> told.add(hook.target() + " (" + hook.url().getHost() + ", from " + hook.severity().id() + ")"));
        if (!targets.mail().to().isEmpty()) {
            told.add("mail to " + String.join(" ", targets.mail().to()) + " (from " + targets.mail().severity().id() + ")");
        }
        return "alerts by " + settings.rules().size() + " rules; told by " + (told.isEmpty() ? "nothing but dashboard, log and metrics" : String.join(", ", told));
    }

    private static Map<String, Object> object(LintResult result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("errors", result.errors());
        object.put("warnings", result.warnings());
        object.put("problems", result.problems());
        DromedaryConfig config = result.config();
        if (config != null) {
            object.put("listeners", listeners(config));
            object.put("pools", pools(config));
            object.put("deliveryRoutes", routes(config));
            object.put("retry", RetryLines.all(config));
            object.put("alerts", alerts(config.alerts()));
        }
        return object;
    }
}
