package dev.dromedary.config;

import dev.dromedary.config.DromedaryConfig.Provider;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads {@code dromedary.yaml} and the environment, and checks what they say. Thread-safe. */
public final class ConfigLoader {
    public static final String FILE = "dromedary.yaml";

    private final Map<String, Provider> builtIns;

    /** @param builtIns providers by id, which the file may change and add to */
    public ConfigLoader(Map<String, Provider> builtIns) {
        this.builtIns = builtIns;
    }

    /**
     * @param configDir holds {@value #FILE}; without it everything has its default
     * @param dataDir   what {@code inbox.directory} is relative to
     * @param env       overrides single keys: {@code DROMEDARY_HTTP_PORT} for {@code http.port}
     * @throws ConfigException with everything that is wrong
     */
    public DromedaryConfig load(Path configDir, Path dataDir, Map<String, String> env) {
        LintResult result = lint(configDir, dataDir, env);
        DromedaryConfig config = result.config();
        if (config == null) {
            throw new ConfigException(result.problems());
        }
        return config;
    }

    /** As {@link #load}, without an exception, and with warnings. */
    public LintResult lint(Path configDir, Path dataDir, Map<String, String> env) {
        Path file = configDir.resolve(FILE);
        Findings findings = new Findings(file.toString());
        DromedaryConfig draft = check(new YamlReader(findings).read(file), configDir, dataDir, env, findings);
        List<Problem> problems = findings.problems();
        return new LintResult(problems.stream().anyMatch(Problem::isError) ? null : draft, problems);
    }

    /** A configuration that is part of another file, without an environment. It is a draft where there are findings. */
    DromedaryConfig part(Raw.Mapping part, Path file, Findings findings) {
        Path folder = file.toAbsolutePath().getParent();
        return check(part, folder, folder, Map.of("HOSTNAME", "rehearsal"), findings);
    }

    private DromedaryConfig check(Raw.Mapping file, Path configDir, Path dataDir, Map<String, String> env, Findings findings) {
        Environment environment = new Environment(env, findings);
        Raw.Mapping raw = DefaultPools.complete(file);
        Settings root = new Resolver(environment, findings, hostName(env)).resolve(raw);
        DromedaryConfig draft = new Binder(configDir, dataDir, new Secrets(configDir, environment, findings), builtIns).bind(root);
        environment.reportUnknown();
        new ListenerLint(findings, configDir).check(root, draft);
        new DeliveryLint(findings, configDir).check(root, draft);
        new ClassificationLint(findings).check(root.section("classification"), draft.classification());
        DoubtSchema.check(root.section("in-doubt"), findings);
        AdaptivePaceSchema.check(root.section("adaptive-pace"), findings);
        WarmUpSchema.check(root.section("warm-up"), draft, findings);
        new ReactionLint(findings).check(root.section("reactions"), draft);
        ReputationSchema.check(root.section("reputation"), findings);
        ChoiceSchema.check(root.section("choice"), findings);
        ReportSchema.check(root, draft.report(), findings);
        AlertSchema.check(root, draft.alerts(), findings);
        return draft;
    }

    /** Containers and shells set HOSTNAME; asking the network for this host's name may take seconds. */
    private static String hostName(Map<String, String> env) {
        String name = env.getOrDefault("HOSTNAME", "");
        if (name.isBlank()) {
            try {
                name = InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException unnamed) {
                name = "localhost";
            }
        }
        return name;
    }
}
