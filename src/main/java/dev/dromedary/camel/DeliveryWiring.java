package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.dsn.FailureReports;
import dev.dromedary.monitor.Meters;
import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.pool.RouteTable;
import dev.dromedary.retry.DoubtVerdict;
import dev.dromedary.retry.RetrySchedule;
import dev.dromedary.retry.Verdict;
import dev.dromedary.smtp.ConnectionCounts;
import dev.dromedary.smtp.PoolProbe;
import dev.dromedary.smtp.SmtpPoolClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.camel.main.Main;

/** From a lane to a pool's server and what comes of it. Closed in the opposite order of its making. */
final class DeliveryWiring implements AutoCloseable {
    private final Started started = new Started();
    private final Map<String, SmtpPoolClient> clients = new LinkedHashMap<>();
    private final DromedaryConfig config;
    private final Path data;
    private final Meters meters;
    private final Clock clock;

    DeliveryWiring(DromedaryConfig config, Path data, Meters meters, Clock clock) {
        this.config = config;
        this.data = data;
        this.meters = meters;
        this.clock = clock;
    }

    Map<String, SmtpPoolClient> clients() {
        return clients;
    }

    Map<String, Supplier<ConnectionCounts>> counts() {
        Map<String, Supplier<ConnectionCounts>> counts = new LinkedHashMap<>();
        clients.forEach((id, client) -> counts.put(id, client::connections));
        return counts;
    }

    void bind(Main main, ReactionWiring reactions, SuppressionWiring suppression, LaneWaits waits, FailureReports reports, RandomGenerator random) {
        ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "smtp-timeouts");
            thread.setDaemon(true);
            return thread;
        });
        AutoCloseable noTimeouts = timeouts::shutdownNow;
        started.keep(noTimeouts);
        ReplyClassifier classifier = RulesWatch.classifier(config.classification().rules(), timeouts);
        Verdict verdict = new Verdict(classifier, new RetrySchedule(config.retry(), config.streams(), random), clock);
        DoubtVerdict doubt = new DoubtVerdict(config.inDoubt(), verdict);
        SentMemory sent = keep(SentMemory.open(config, data, doubt, clock, meters));
        PoolBalancer balancer = new PoolBalancer(new RouteTable(config.routes(), random), waits.room(), waits.holds(), classifier, reactions.book(),
                reactions.brain(), reactions.brain().content(), suppression.withholding(main, meters), reactions.board().ids(), sent);
        LaneStep lane = new LaneStep(verdict, config.providers(), waits, sent, balancer);
        Map<String, PoolProbe> probes = new LinkedHashMap<>();
        config.pools().values().forEach(pool -> {
            SmtpPoolClient client = keep(new SmtpPoolClient(pool, timeouts, meters.smtp(pool.id())));
            clients.put(pool.id(), client);
            main.bind("sender-" + pool.id(), new PooledMailSender(client));
            probes.put(pool.id(), keep(new PoolProbe(pool, timeouts)));
        });
        main.bind("lane", lane);
        main.bind("settlement", new Settlement(verdict, doubt, new ParcelWriter(), reports, suppression.refused(classifier), meters, clock, config.node()));
        main.bind("probes", new Probes(probes, reactions.board()));
        main.configure().addRoutesBuilder(new PoolRoutes(config, balancer, lane, reactions.brain(), sent));
    }

    private <T extends AutoCloseable> T keep(T part) {
        return started.keep(part);
    }

    @Override
    public void close() {
        started.close();
    }
}
