package dev.dromedary.cli;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.DomainName;
import dev.dromedary.message.MalformedDomainException;
import dev.dromedary.provider.BuiltInProviders;
import dev.dromedary.provider.MxRollup;
import dev.dromedary.provider.ProviderDirectory;
import dev.dromedary.provider.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which provider each of many domains belongs to, one answer a line. */
@Command(
        name = "provider",
        mixinStandardHelpOptions = true,
        description = {
            "Reads domains, one a line, and prints for each: the domain as given, a tab, and the id of its mailbox provider,",
            "or other where none claims it. Asks no DNS unless told to."})
public final class ProviderCommand implements Callable<Integer> {
    private static final int CACHE_SIZE = 10_000;
    private final Supplier<Map<String, DromedaryConfig.Provider>> providers;
    private final InputStream in;
    private final OutputStream out;

    @Option(names = "--mx", description = "For domains that no pattern matches, ask the DNS who runs their MX hosts.")
    private boolean mx;

    @Option(names = "--name-server", paramLabel = "dns://HOST[:PORT]", description = "With --mx: ask this one instead of the system's. May be given more than once.")
    private List<URI> nameServers = List.of();

    @Option(names = "--timeout", paramLabel = "MS", defaultValue = "2000", description = "With --mx: milliseconds to wait for the DNS, for each domain (${DEFAULT-VALUE}).")
    private int timeout;

    @Option(names = "--mx-host", paramLabel = "HOST", description = "Print the provider of this MX host and read nothing. May be given more than once; - reads hosts instead of domains.")
    private List<String> hosts = List.of();

    @Option(names = "--explain", description = "After another tab, print how the provider is known.")
    private boolean explain;

    public ProviderCommand() {
        this(BuiltInProviders::load, System.in, System.out);
    }

    ProviderCommand(Supplier<Map<String, DromedaryConfig.Provider>> providers, InputStream in, OutputStream out) {
        this.providers = providers;
        this.in = in;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, DromedaryConfig.Provider> known = providers.get();
        var directory = new ProviderDirectory(known, rollup(known));
        if (hosts.isEmpty()) {
            new LineDialogue(in, out).run(domain -> domainAnswer(directory, domain));
        } else if (hosts.equals(List.of("-"))) {
            new LineDialogue(in, out).run(host -> host + "\t" + directory.providerOfMxHost(host.strip()));
        } else {
            for (String host : hosts) {
                out.write((host + "\t" + directory.providerOfMxHost(host) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            out.flush();
        }
        return 0;
    }

    private @Nullable MxRollup rollup(Map<String, DromedaryConfig.Provider> known) {
        var settings = new DromedaryConfig.MxRollup(mx, Duration.ofMillis(timeout), CACHE_SIZE, nameServers);
        return MxRollup.of(settings, known, InstantSource.system());
    }

    private String domainAnswer(ProviderDirectory directory, String domain) {
        Resolution resolution = resolution(directory, domain.strip());
        return domain + "\t" + resolution.provider() + (explain ? "\t" + resolution.reason() : "");
    }

    private static Resolution resolution(ProviderDirectory directory, String domain) {
        try {
            return directory.resolve(DomainName.toAscii(domain));
        } catch (MalformedDomainException malformed) {
            return new Resolution.Unclaimed(malformed.getMessage());
        }
    }
}
