package dev.dromedary.config;

import dev.dromedary.config.DromedaryConfig.Provider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads scenario files: {@code dromedary:} holds the configuration under test as {@code dromedary.yaml} would, the rest says what the world does. */
public final class ScenarioReader {
    private final ConfigLoader loader;

    /** @param builtIns providers by id */
    public ScenarioReader(Map<String, Provider> builtIns) {
        this.loader = new ConfigLoader(builtIns);
    }

    /** @throws ConfigException with everything that is wrong, by line */
    public Scenario read(Path file) {
        Findings findings = new Findings(file.toString());
        if (!Files.isRegularFile(file)) {
            findings.errorAt(ConfigCode.MISSING_FILE, 0, "", "no such file", "give the path of a scenario; rehearsal/ holds some");
            throw new ConfigException(findings.problems());
        }
        Raw.Mapping raw = new YamlReader(findings).read(file);
        Raw tested = raw.entries().get(ScenarioSchema.DROMEDARY);
        Map<String, Raw> world = new LinkedHashMap<>(raw.entries());
        world.remove(ScenarioSchema.DROMEDARY);
        Settings settings = new Resolver(new Environment(Map.of(), findings), findings, "rehearsal").resolve(ScenarioSchema.ROOT, new Raw.Mapping(world, raw.line()));
        DromedaryConfig config = tested instanceof Raw.Mapping mapping
                ? loader.part(mapping, file, findings)
                : loader.part(Raw.Mapping.of(Map.of()), file, findings);
        Path name = Objects.requireNonNullElse(file.getFileName(), file);
        Scenario scenario = bind(name.toString().replaceAll("\\.ya?ml$", ""), settings, config);
        new ScenarioLint(findings).check(settings, scenario);
        if (findings.problems().stream().anyMatch(Problem::isError)) {
            throw new ConfigException(findings.problems());
        }
        return scenario;
    }

    private static Scenario bind(String name, Settings root, DromedaryConfig config) {
        Duration length = root.duration("length");
        List<Scenario.Traffic> traffic = root.items("traffic").stream().map(t -> traffic(t, length)).toList();
        Map<String, Scenario.Mailbox> mailboxes = new LinkedHashMap<>();
        root.items("mailboxes").forEach(m -> mailboxes.put(m.name(), mailbox(m)));
        List<Scenario.Event> events = new ArrayList<>();
        root.items("events").forEach(e -> events.add(event(e)));
        return new Scenario(name, root.text("description"), root.choice("start", Instant.class), length, root.number("seed"), root.decimal("growth"), config, traffic,
                mailboxes, List.copyOf(events));
    }

    private static Scenario.Traffic traffic(Settings t, Duration length) {
        Duration from = t.duration("from");
        Duration own = t.optional("length", Duration.class);
        Duration left = length.minus(from).isNegative() ? Duration.ofSeconds(1) : length.minus(from);
        Long messages = t.optional("messages", Long.class);
        return new Scenario.Traffic(t.name(), t.text("stream"), t.optional("campaign", String.class), t.text("sender"), messages == null ? 1 : messages, from,
                own == null ? left : own, t.choice("shape", Scenario.Shape.class), t.duration("peak"), t.decimal("swing"), t.decimal("weekend"), t.number("priority"),
                t.decimal("unknown"), t.decimal("complaints"), t.decimal("spam"), t.list("mix", Scenario.Share.class));
    }

    private static Scenario.Mailbox mailbox(Settings m) {
        return new Scenario.Mailbox(m.name(), m.duration("latency"), m.optional("rate", Rate.class), m.number("connections"), m.decimal("unknown-limit"),
                m.decimal("complaint-limit"), m.number("patience"), m.duration("block"), m.duration("forgets"), m.optional("cold-start", Integer.class),
                m.decimal("cold-growth"), m.list("cold-pools", String.class), m.decimal("greylist"), m.decimal("busy"), m.decimal("drop"));
    }

    /** With the defaults of the schema. */
    public static Scenario.Mailbox usualMailbox(String provider) {
        Settings settings = new Resolver(new Environment(Map.of(), new Findings("")), new Findings(""), "rehearsal").resolve(ScenarioSchema.ROOT,
                Raw.Mapping.of(Map.of("mailboxes", Raw.Mapping.of(Map.of(provider, Raw.Mapping.of(Map.of()))))));
        return mailbox(settings.items("mailboxes").get(0));
    }

    private static Scenario.Event event(Settings e) {
        @Nullable String provider = e.optional("provider", String.class);
        @Nullable String pool = e.optional("pool", String.class);
        return new Scenario.Event(e.name(), e.choice("effect", Scenario.Effect.class), e.duration("at"), e.duration("length"), provider, pool, e.decimal("factor"),
                e.duration("period"));
    }
}
