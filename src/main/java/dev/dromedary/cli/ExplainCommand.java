package dev.dromedary.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.config.ConfigException;
import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.Submission;
import dev.dromedary.pool.RouteTable;
import dev.dromedary.provider.BuiltInProviders;
import dev.dromedary.provider.MxRollup;
import dev.dromedary.provider.ProviderDirectory;
import dev.dromedary.provider.Resolution;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells from the configuration where mail to an address would go, under which limits, and which of them binds. */
@Command(name = "explain", description = "Tell which provider, delivery route, pools and limits apply to an address, and which limit binds.",
        mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ADDRESS")
    private String address = "";

    @Option(names = "--config", paramLabel = "DIR", description = "folder with dromedary.yaml")
    private Path configDir = Home.path().resolve("config");

    @Option(names = "--data", paramLabel = "DIR", description = "folder for everything kept on disk")
    private Path dataDir = Path.of("data");

    @Option(names = "--stream", paramLabel = "ID", description = "the kind of mail")
    private String stream = Submission.DEFAULT_STREAM;

    @Option(names = "--from", paramLabel = "ADDRESS", description = "the sender")
    private String from = "";

    @Option(names = "--live", description = "also ask the running Dromedary what its pools are thought of, what holds them back, and which would be taken")
    private boolean live;

    @Mixin
    private ApiClient api = new ApiClient();

    @Override
    public Integer call() throws InterruptedException, IOException {
        try {
            String provider = explain(new ConfigLoader(BuiltInProviders.load()).load(configDir, dataDir, System.getenv()));
            return live ? now(provider) : 0;
        } catch (ConfigException e) {
            e.problems().forEach(System.err::println);
            return 1;
        } catch (RefusedException e) {
            System.err.println(e.refusal().text());
            return 1;
        }
    }

    private int now(String provider) throws InterruptedException, IOException {
        String explained = api.get("/v1/explain?to=" + ApiClient.encoded(address) + "&stream=" + ApiClient.encoded(stream)
                + (from.isEmpty() ? "" : "&from=" + ApiClient.encoded(from)));
        String reactions = explained == null ? null : api.get("/v1/reactions?provider=" + provider);
        if (explained == null || reactions == null) {
            return 1;
        }
        System.out.println("now");
        System.out.print(LiveExplanation.view(new ObjectMapper().readTree(explained)).indent(2));
        System.out.println("reactions");
        System.out.print(ReactionsCommand.view(new ObjectMapper().readTree(reactions)).indent(2));
        return 0;
    }

    /** @return the provider's id */
    private String explain(DromedaryConfig config) {
        EmailAddress to = EmailAddress.parse(address);
        String senderDomain = from.isEmpty() ? "" : EmailAddress.parse(from).domain();
        Resolution resolution = new ProviderDirectory(config.providers(), MxRollup.of(config.mxRollup(), config.providers(), Clock.systemUTC())).resolve(to.domain());
        DromedaryConfig.Provider provider = config.providers().get(resolution.provider());
        System.out.printf("address    %s%nprovider   %s (%s)%nlane       mail.lane.%s, at most %d conversations%n", to, resolution.provider(), resolution.reason(),
                resolution.provider(), provider.consumers());
        RetryLines.of(config, resolution.provider(), stream).forEach(line -> System.out.println("retry      " + line));
        Optional<DromedaryConfig.DeliveryRoute> route = new RouteTable(config.routes(), RandomGenerator.getDefault())
                .routeFor(to.domain(), resolution.provider(), stream, senderDomain);
        if (route.isEmpty()) {
            System.out.println("route      none matches: the message would wait until the configuration names one");
            return provider.id();
        }
        System.out.printf("route      %s (recipients %s, priority %d)%n", route.get().id(), route.get().recipients(), route.get().priority());
        Binding binding = new Binding();
        binding.consider("provider ceiling", provider.rate());
        binding.consider("route " + route.get().id(), route.get().rate());
        double pools = 0;
        boolean bounded = true;
        for (String id : route.get().pools()) {
            double rate = explainPool(config.pools().get(id), provider);
            bounded &= !Double.isInfinite(rate);
            pools += rate;
        }
        if (bounded) {
            binding.consider("the pools together", pools);
        }
        System.out.println("binds      " + binding.text());
        return provider.id();
    }

    private static double explainPool(DromedaryConfig.Pool pool, DromedaryConfig.Provider provider) {
        DromedaryConfig.PoolLimit narrow = pool.limits().get(provider.id());
        Integer connections = narrow != null && narrow.maxConnections() != null ? narrow.maxConnections() : provider.maxConnections();
        System.out.printf("pool       %s at %s:%d: %d connections (%s to this provider), rate %s (%s to this provider)%n", pool.id(), pool.host(), pool.port(),
                pool.maxConnections(), connections == null ? "as many" : connections, text(pool.rate()), text(narrow == null ? null : narrow.rate()));
        Binding binding = new Binding();
        binding.consider("pool", pool.rate());
        binding.consider("pool to provider", narrow == null ? null : narrow.rate());
        return binding.perSecond;
    }

    private static String text(dev.dromedary.config.@Nullable Rate rate) {
        return rate == null ? "unlimited" : rate.toString();
    }

    /** The smallest of several rates. */
    private static final class Binding {
        private String name = "no rate: only the number of conversations limits it";
        private double perSecond = Double.POSITIVE_INFINITY;

        void consider(String what, dev.dromedary.config.@Nullable Rate rate) {
            if (rate != null) {
                consider(what, rate.perSecond());
            }
        }

        void consider(String what, double rate) {
            if (rate < perSecond) {
                perSecond = rate;
                name = what;
            }
        }

        String text() {
            return Double.isInfinite(perSecond) ? name : String.format(java.util.Locale.ROOT, "%s: %.2f/s", name, perSecond);
        }
    }
}
