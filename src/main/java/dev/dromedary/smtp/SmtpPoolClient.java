package dev.dromedary.smtp;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.outcome.SmtpPhase;
import dev.dromedary.outcome.SmtpReply;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to one pool, blocking, over connections that are kept for the next message. Thread-safe.
 *
 * <p>Never more than {@code maxConnections} conversations at a time: one more is refused at once, not queued, as room is what the
 * choice of a pool is about.
 */
public final class SmtpPoolClient implements AutoCloseable {
    /** How long {@link #close()} lets conversations run. */
    public static final Duration DRAIN = Duration.ofSeconds(30);

    private static final long LONGEST_SWEEP_MILLIS = 10_000;
    private static final long SHORTEST_SWEEP_MILLIS = 50;
    private final DromedaryConfig.Pool pool;
    private final ScheduledExecutorService scheduler;
    private final SmtpTimings timings;
    private final SmtpFaults faults;
    private final WriteWatch watch;
    private final SmtpConnector connector;
    private final IdleConnections idle;
    private final Semaphore free;
    private final ScheduledFuture<?> sweeps;
    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private volatile boolean closing;

    /**
     * @param scheduler for hung writes and old connections; one thread serves all pools. Not shut down by {@link #close}
     * @throws IllegalArgumentException where the pool's truststore cannot be read
     */
    public SmtpPoolClient(DromedaryConfig.Pool pool, ScheduledExecutorService scheduler, SmtpTimings timings) {
        this.pool = pool;
        this.scheduler = scheduler;
        this.timings = timings;
        this.faults = new SmtpFaults(pool);
        this.watch = new WriteWatch(scheduler, pool.timeouts().write());
        this.connector = new SmtpConnector(pool, watch, faults, timings);
        this.idle = new IdleConnections(pool.connectionMaxIdle(), pool.connectionMaxAge(), this::retire);
        this.free = new Semaphore(pool.maxConnections());
        long every = Math.min(LONGEST_SWEEP_MILLIS, Math.max(SHORTEST_SWEEP_MILLIS, pool.connectionMaxIdle().toMillis() / 2));
        this.sweeps = scheduler.scheduleWithFixedDelay(idle::retireStale, every, every, TimeUnit.MILLISECONDS);
    }

    public String pool() {
        return pool.id();
    }

    /**
     * Sends one message to one recipient.
     *
     * @param from                  the envelope sender, or null for the null reverse-path of notifications (RFC 5321 section 4.5.5)
     * @param mime                  the message as it is to arrive; not changed, and not kept after the return
     * @param messagesPerConnection the provider's limit, or 0 for the pool's own; the lower one counts
     * @return the server's 2xx reply to the end of data
     * @throws SmtpDeliveryException for anything else, with the phase, the reply where one came, and whether it is in doubt
     */
    public SmtpReply send(@Nullable EmailAddress from, EmailAddress to, byte[] mime, int messagesPerConnection, EndOfDataWatch watch) throws SmtpDeliveryException {
        if (!free.tryAcquire()) {
            throw closing ? faults.closing() : faults.noFreeConnection();
        }
        try {
            if (closing) {
                throw faults.closing();
            }
            int own = Math.max(1, pool.connectionMaxMessages());
            int limit = messagesPerConnection > 0 ? Math.min(messagesPerConnection, own) : own;
            SmtpConversation kept = idle.take(limit);
            if (kept != null) {
                timings.reused();
                try {
                    return converse(kept, from, to, mime, limit, watch);
                } catch (SmtpDeliveryException fault) {
                    if (!kept.wasDead(fault)) {
                        throw fault;
                    }
                }
            }
            return converse(open(), from, to, mime, limit, watch);
        } finally {
            free.release();
        }
    }

    /** As {@link #send(EmailAddress, EmailAddress, byte[], int, EndOfDataWatch)}, unwatched. */
    public SmtpReply send(@Nullable EmailAddress from, EmailAddress to, byte[] mime, int messagesPerConnection) throws SmtpDeliveryException {
        return send(from, to, mime, messagesPerConnection, EndOfDataWatch.NONE);
    }

    private SmtpConversation open() throws SmtpDeliveryException {
        long start = System.nanoTime();
        try {
            SmtpConversation conversation = connector.open();
            opened.increment();
            timings.connected(System.nanoTime() - start);
            return conversation;
        } catch (SmtpDeliveryException fault) {
            timings.failed(fault.phase());
            throw fault;
        }
    }

    private SmtpReply converse(SmtpConversation conversation, @Nullable EmailAddress from, EmailAddress to, byte[] mime, int limit, EndOfDataWatch watch)
            throws SmtpDeliveryException {
        long start = System.nanoTime();
        try {
            SmtpReply reply = conversation.transact(from, to, mime, watch);
            timings.transaction(SmtpPhase.END_OF_DATA, true, System.nanoTime() - start);
            return reply;
        } catch (SmtpDeliveryException fault) {
            timings.transaction(fault.phase(), false, System.nanoTime() - start);
            throw fault;
        } finally {
            keepOrClose(conversation, limit);
        }
    }

    private void keepOrClose(SmtpConversation conversation, int limit) {
        if (!conversation.isReusable()) {
            conversation.abort();
            closed(CloseReason.BROKEN);
        } else if (closing) {
            retire(conversation, CloseReason.STOP);
        } else if (conversation.transactions() >= limit) {
            retire(conversation, CloseReason.MESSAGES);
        } else if (idle.isTooOld(conversation, System.nanoTime())) {
            retire(conversation, CloseReason.AGE);
        } else {
            idle.put(conversation);
        }
    }

    /** Says goodbye on the scheduler's thread, so that no message waits for it. */
    private void retire(SmtpConversation conversation, CloseReason why) {
        closed(why);
        try {
            scheduler.execute(conversation::quit);
        } catch (RejectedExecutionException e) {
            conversation.quit();
        }
    }

    private void closed(CloseReason why) {
        closed.increment();
        timings.closed(why);
    }

    /** Says goodbye on the connections that nobody uses now; the next message opens another. */
    public void closeIdle() {
        idle.takeAll().forEach(one -> retire(one, CloseReason.STOP));
    }

    public ConnectionCounts connections() {
        long wereOpened = opened.sum();
        long wereClosed = closed.sum();
        return new ConnectionCounts(
                Math.max(0, wereOpened - wereClosed), pool.maxConnections() - free.availablePermits(), idle.size(), wereOpened, wereClosed);
    }

    /** As {@link #close(Duration)} with {@link #DRAIN}. */
    @Override
    public void close() {
        close(DRAIN);
    }

    /**
     * Takes no more messages, lets conversations in flight end, says QUIT on idle connections. What still runs after {@code bound} is cut:
     * its message is reported as it would be had the server gone.
     */
    public void close(Duration bound) {
        if (closing) {
            return;
        }
        closing = true;
        boolean ended = awaitConversations(bound);
        for (SmtpConversation conversation : idle.takeAll()) {
            closed(CloseReason.STOP);
            conversation.quit();
        }
        if (!ended) {
            watch.abortAll();
        }
        sweeps.cancel(false);
        watch.close();
    }

    private boolean awaitConversations(Duration bound) {
        try {
            return free.tryAcquire(pool.maxConnections(), bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
