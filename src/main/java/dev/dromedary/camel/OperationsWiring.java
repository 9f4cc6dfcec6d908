package dev.dromedary.camel;

import dev.dromedary.brain.Brain;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.hold.HoldStore;
import dev.dromedary.hold.Holds;
import dev.dromedary.pool.PoolBoard;
import dev.dromedary.pool.RouteTable;
import dev.dromedary.retry.WaitingMail;
import dev.dromedary.retry.WaitingMatrix;
import dev.dromedary.smtp.SmtpPoolClient;
import dev.dromedary.store.AuditLog;
import dev.dromedary.store.DeadLetterStore;
import dev.dromedary.store.EmbeddedBroker;
import dev.dromedary.store.LaneSender;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/** The parts by which operators hold, move and look at mail. */
final class OperationsWiring implements AutoCloseable {
    private final DromedaryConfig config;
    private final DataSource source;
    private final PoolBoard board;
    private final InstantSource clock;
    private final HoldStore holds;
    private final AuditLog audit;
    private final Brain brain;
    private final BreakerKeeper breaker;

    /** Reads the holds in force, so that nothing held is sent after a restart. */
    OperationsWiring(DromedaryConfig config, DataSource source, PoolBoard board, Brain brain, InstantSource clock) throws SQLException {
        this.config = config;
        this.source = source;
        this.board = board;
        this.clock = clock;
        this.holds = new HoldStore(source, new Holds(clock), clock);
        this.audit = new AuditLog(source);
        holds.refresh();
        board.heldBy(holds.holds());
        this.brain = brain;
        this.breaker = new BreakerKeeper(brain.breaker(), holds, config);
    }

    HoldGate gate() {
        return new HoldGate(holds.holds(), clock);
    }

    /**
     * @param broker the embedded broker, or null
     * @param spool  folder for long answers until they are sent; must exist
     */
    void bind(Main main, ApiCall call, Map<String, SmtpPoolClient> clients, @Nullable EmbeddedBroker broker, LaneSender lanes, Path spool) {
        WaitingMail waiting = new WaitingMail(source);
        HoldKeeper keeper = new HoldKeeper(holds, waiting, clients, config.providers(), clock);
        main.bind("holdKeeper", keeper);
        main.bind("deferred", new DeferredApi(call, waiting, new RouteTable(config.routes(), RandomGenerator.getDefault()), audit, config.node(), clock));
        main.bind("lanesApi", new LanesApi(call, config, broker, new WaitingMatrix(source), holds.holds(), clock));
        main.bind("deadLetters", new DeadLetterApi(call, new DeadLetterStore(source), lanes, audit, spool, config.retry().maxRetries(), clock));
        main.bind("breakerKeeper", breaker);
        main.bind("auditUpkeep", new AuditUpkeep(audit, holds, config.audit().keep(), clock));
        main.bind("isolation", new IsolationApi(call, brain.content()));
        main.bind("holds", new HoldApi(call, holds, keeper, board, audit, config));
    }

    @Override
    public void close() {
        breaker.close();
    }
}
