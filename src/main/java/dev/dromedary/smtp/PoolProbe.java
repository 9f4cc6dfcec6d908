package dev.dromedary.smtp;

import dev.dromedary.config.DromedaryConfig;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Asks a pool whether it would take mail: connects with all of its settings, TLS and AUTH included, says NOOP and QUIT. Uses one
 * connection beyond the pool's limit for that moment. Thread-safe.
 */
public final class PoolProbe implements AutoCloseable {
    private final WriteWatch watch;
    private final SmtpConnector connector;

    /** @param scheduler as for {@link SmtpPoolClient} */
    public PoolProbe(DromedaryConfig.Pool pool, ScheduledExecutorService scheduler) {
        this.watch = new WriteWatch(scheduler, pool.timeouts().write());
        this.connector = new SmtpConnector(pool, watch, new SmtpFaults(pool), SmtpTimings.NONE);
    }

    /** Blocks for as long as the pool's timeouts let it. */
    public ProbeResult probe() {
        long start = System.nanoTime();
        try {
            SmtpConversation conversation = connector.open();
            try {
                conversation.noop();
                return new ProbeResult.Healthy(Duration.ofNanos(System.nanoTime() - start));
            } finally {
                conversation.quit();
            }
        } catch (SmtpDeliveryException fault) {
            return new ProbeResult.Unhealthy(fault.phase(), String.valueOf(fault.getMessage()));
        }
    }

    @Override
    public void close() {
        watch.abortAll();
        watch.close();
    }
}
