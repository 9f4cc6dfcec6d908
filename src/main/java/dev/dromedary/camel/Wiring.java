package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.dsn.FailureReports;
import dev.dromedary.event.EventCodec;
import dev.dromedary.ingress.Acceptor;
import dev.dromedary.ingress.IdempotencyLedger;
import dev.dromedary.ingress.SendTimes;
import dev.dromedary.ingress.SmtpIngress;
import dev.dromedary.message.MessageIds;
import dev.dromedary.message.MimeRenderer;
import dev.dromedary.message.SubmissionReader;
import dev.dromedary.monitor.Meters;
import dev.dromedary.monitor.PlatformMeters;
import dev.dromedary.monitor.Snapshot;
import dev.dromedary.monitor.Status;
import dev.dromedary.pool.PoolBoard;
import dev.dromedary.provider.MxRollup;
import dev.dromedary.provider.ProviderDirectory;
import dev.dromedary.retry.DeferredMessage;
import dev.dromedary.smtp.Sandbox;
import dev.dromedary.store.AuditLog;
import dev.dromedary.store.BrokerConnection;
import dev.dromedary.store.Database;
import dev.dromedary.store.DeadLetter;
import dev.dromedary.store.EmbeddedBroker;
import dev.dromedary.store.LaneSender;
import dev.dromedary.store.NoticeStore;
import dev.dromedary.store.QueueDrain;
import dev.dromedary.store.Queues;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import org.springframework.jms.connection.JmsTransactionManager;

/**
 * The composition root: what is made from what, in the order in which it starts. What was started is closed in the opposite order:
 * ways in, then routes, then broker and database.
 */
public final class Wiring implements AutoCloseable {
    private static final int SESSIONS = 4_000;
    private static final int DRAIN_BATCH = 500;
    /** A request that is read or answered holds one: a client that trickles must not keep the others waiting. */
    private static final int HTTP_WORKERS = 200;
    private static final Duration INGRESS_PATIENCE = Duration.ofSeconds(10);

    private final Started started = new Started();
    private final DromedaryConfig config;
    private final Path home;
    private final Path data;
    private final Clock clock = Clock.systemUTC();
    private final RandomGenerator random = new SecureRandom();
    private final ProviderDirectory providers;
    private final StartedCheck startedCheck = new StartedCheck();
    private @Nullable ProducerTemplate producer;
    private @Nullable Database database;
    private @Nullable SmtpIngress smtp;
    private @Nullable AcceptPort port;
    private @Nullable EmbeddedBroker broker;
    private @Nullable CamelContext context;

    private Wiring(DromedaryConfig config, Path home, Path data) {
        this.config = config;
        this.home = home;
        this.data = data;
        this.providers = new ProviderDirectory(config.providers(), MxRollup.of(config.mxRollup(), config.providers(), clock));
    }

    /**
     * @param home the folder that holds {@code routes/} and {@code config/application.properties}
     * @param data the folder for everything kept on disk
     */
    public static Wiring start(DromedaryConfig config, Path home, Path data) throws Exception {
        Wiring wiring = new Wiring(config, home, data);
        try {
            wiring.start();
            return wiring;
        } catch (Exception e) {
            wiring.close();
            throw e;
        }
    }

    private void start() throws Exception {
        HttpPorts.check(config);
        Database db = keep(Database.open(config.database(), data));
        database = db;
        EmbeddedBroker broker = config.broker().mode() == DromedaryConfig.Mode.EMBEDDED ? keep(EmbeddedBroker.start(config.broker(), data)) : null;
        this.broker = broker;
        BrokerConnection connection = keep(broker == null ? BrokerConnection.to(config.broker(), SESSIONS) : BrokerConnection.to(broker, SESSIONS));
        Sandbox sandbox = config.sandbox().enabled() ? keep(new Sandbox(config.sandbox(), clock)) : null;
        if (sandbox != null) {
            sandbox.start();
        }
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        keep(PlatformMeters.bind(registry, data, db.dataSource()));
        HistoryWiring history = keep(new HistoryWiring(config, db.dataSource(), registry, broker, clock));
        Meters meters = new Meters(registry, history.tallies(), config.providers().keySet(), config.pools().keySet());
        ReactionWiring reactions = keep(new ReactionWiring(config, db.dataSource(), registry, clock, random));
        PoolBoard board = reactions.board();
        Main main = new Main();
        main.configure().setAutoStartup(true);
        main.bind("metricsRegistry", registry);
        main.bind("dromedary-started", startedCheck);
        main.bind("vertxOptions", new VertxOptions().setWorkerPoolSize(HTTP_WORKERS));
        main.bind("jms", JmsComponent.jmsComponent(connection.connectionFactory()));
        main.bind("oneCommit", new OneCommit(new JmsTransactionManager(connection.connectionFactory())));
        ApiCall call = new ApiCall(new ApiGate(config.http().apiKeys()));
        main.bind("sandboxApi", new SandboxApi(call, sandbox));
        reactions.bind(main, call);
        ReputationWiring reputation = keep(new ReputationWiring(config, db.dataSource(), reactions, registry, clock));
        EngagementWiring engagement = new EngagementWiring(config, db.dataSource(), providers, registry, clock, random);
        reputation.bind(main, call, providers, engagement.times());
        SurfaceWiring.bind(main, call, config, reactions, db.dataSource(), registry, clock);
        history.bind(main, call);
        AlertWiring alerts = new AlertWiring(config, db.dataSource(), clock);
        AlertNoticeWiring notices = keep(new AlertNoticeWiring(config.alerts().targets(), new NoticeStore(db.dataSource()),
                new SubmissionReader(config.accept().maxRecipients(), config.accept().maxSize()), this::port, registry, config.node(), clock, random));
        notices.bind(main, call, new AuditLog(db.dataSource()));
        alerts.bind(main, call, reactions.warnings(), ReportWiring.bind(main, call, config, db.dataSource(), this::port, alerts, clock), notices, registry);
        keep(new PaceWiring(config, reactions.brain(), db.dataSource(), registry, clock)).bind(main, call);
        Stores stores = Stores.in(db.dataSource(), config.accept().idempotencyWindow(), clock);
        SuppressionWiring suppression = keep(new SuppressionWiring(config, db.dataSource(), connection, reputation.complaints(providers, meters), clock));
        Lanes lanes = keep(broker == null ? new Lanes(config, connection::holding, 5) : new Lanes(config, broker::holding, 1));
        main.bind("lanes", lanes);
        engagement.bind(main, call, stores.history(), suppression, Spool.in(data));
        ingress(main, stores, suppression, engagement.times(), call, connection, meters, lanes, new Status(board, broker, stores.deferred(), stores.dead(), notices.problems()));
        drains(main, stores, suppression, connection);
        OperationsWiring operations = keep(new OperationsWiring(config, db.dataSource(), board, reactions.brain(), clock));
        LaneWaits waits = new LaneWaits(new PermitWait(), new StorageGate(broker == null ? () -> false : broker::diskFull), new RoomWait(board, config.pace()),
                operations.gate());
        var reports = new FailureReports(config, providers::providerOf, suppression::holds);
        DeliveryWiring delivery = keep(new DeliveryWiring(config, data, meters, clock));
        delivery.bind(main, reactions, suppression, waits, reports, random);
        operations.bind(main, call, delivery.clients(), broker, new LaneSender(connection.connectionFactory()), data.resolve(Spool.FOLDER));
        if (broker != null) {
            main.bind("dromedary-storage", new StorageCheck(broker));
        }
        main.bind("snapshot", new Snapshot(registry, broker, stores.deferred(), board, delivery.counts(), clock));
        main.bind("upkeep", new Upkeep(stores.keys()));
        MainSettings.apply(main, config, home);
        main.start();
        AutoCloseable routes = main::stop;
        started.keep(routes);
        CamelContext camel = main.getCamelContext();
        context = camel;
        RouteMeters.bind(registry, camel);
        AutoCloseable noOneWaits = () -> waits.end(camel);
        started.keep(noOneWaits);
        producer = camel.createProducerTemplate();
        lanes.open(camel);
        if (config.smtp().enabled() && port != null) {
            SmtpIngress listener = new SmtpIngress(config.smtp(), port);
            listener.start();
            smtp = listener;
            AutoCloseable drained = () -> {
                listener.drain(INGRESS_PATIENCE);
                listener.close();
            };
            started.keep(drained);
        }
        startedCheck.up(true);
    }

    private void ingress(Main main, Stores stores, SuppressionWiring suppression, SendTimes times, ApiCall call, BrokerConnection connection, Meters meters, Lanes lanes, Status status)
            throws IOException {
        Acceptor acceptor = new Acceptor(config, providers, suppression::holds, new MimeRenderer(), new MessageIds(clock, random), times, clock);
        SubmissionReader reader = new SubmissionReader(config.accept().maxRecipients(), config.accept().maxSize());
        AcceptPort acceptPort = new AcceptPort(this::producer, reader, new IdempotencyLedger(stores.keys()), meters);
        port = acceptPort;
        main.bind("accept", new AcceptStep(acceptor, new ParcelWriter(), meters, lanes, clock));
        main.bind("parcel", new ParcelStep());
        main.bind("submit", new SubmitStep(reader, bytes(config.http().maxBody()), meters));
        main.bind("inbox", new InboxStep(acceptPort, reader, bytes(config.accept().maxSize())));
        Path spool = Spool.in(data);
        main.bind("api", new HttpApi(call, acceptPort, reader, stores.history(), status, spool, bytes(config.http().maxBody())));
        suppression.bind(main, call, stores.history(), spool);
        main.bind("drop", new DropApi(call, stores.dead(), config.node(), clock));
    }

    private void drains(Main main, Stores stores, SuppressionWiring suppression, BrokerConnection connection) {
        var drains = connection.drainFactory();
        main.bind("eventDrain", keep(new QueueDrain<>(drains, Queues.EVENT, DRAIN_BATCH, (p, body) -> EventCodec.decode(body), suppression.events(stores.events()), clock)));
        main.bind("deferredDrain", keep(new QueueDrain<>(drains, Queues.DEFERRED, DRAIN_BATCH, DeferredMessage::fromHeaders, stores.deferred()::insert, clock)));
        main.bind("deadDrain", keep(new QueueDrain<>(drains, Queues.DEAD, DRAIN_BATCH, DeadLetter.Whole::fromHeaders, stores.dead()::insert, clock)));
        main.bind("feeder", new Feeder(stores.deferred(), new LaneSender(connection.connectionFactory()), clock));
    }

    /** What fits one array. */
    private static int bytes(long limit) {
        return (int) Math.min(limit, Integer.MAX_VALUE - 16);
    }

    private ProducerTemplate producer() {
        if (producer == null) {
            throw new IllegalStateException("a submission came before the routes were started");
        }
        return producer;
    }

    AcceptPort port() {
        if (port == null) {
            throw new IllegalStateException("not started");
        }
        return port;
    }

    CamelContext context() {
        if (context == null) {
            throw new IllegalStateException("not started");
        }
        return context;
    }

    /** Null where the broker is outside. */
    @Nullable EmbeddedBroker broker() {
        return broker;
    }

    /** The database in use, for commands that run beside the routes. */
    public Database database() {
        if (database == null) {
            throw new IllegalStateException("not started");
        }
        return database;
    }

    public int smtpPort() {
        return smtp == null ? 0 : smtp.port();
    }

    private <T extends AutoCloseable> T keep(T part) {
        return started.keep(part);
    }

    /** Drains: nothing new is taken in, what is under way ends, then the stores close. */
    @Override
    public void close() {
        startedCheck.up(false);
        started.close();
    }
}
