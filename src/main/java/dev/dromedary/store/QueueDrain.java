package dev.dromedary.store;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a queue into a {@link BatchSink}, a batch at a time: the sink commits first, the broker second, so that a crash in between delivers
 * the batch again and loses nothing. What can never be written goes to {@link Queues#UNREADABLE} with the reason, and the rest goes on.
 *
 * <p>While the sink is away one message at a time probes for it, less and less often, and none is lost or held in memory. Called
 * periodically; one caller works at a time.
 */
public final class QueueDrain<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueueDrain.class);
    private static final long FIRST_WAIT_MILLIS = 100;
    private static final int MAX_BATCHES_A_CALL = 100;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private final ConnectionFactory factory;
    private final String queue;
    private final int batchSize;
    private final RowDecoder<T> decoder;
    private final BatchSink<T> sink;
    private final InstantSource clock;
    private @Nullable Connection connection;
    private @Nullable Session session;
    private @Nullable MessageConsumer consumer;
    private Duration pause = Duration.ZERO;
    private Instant notBefore = Instant.MIN;

    /**
     * @param factory   {@link BrokerConnection#drainFactory()}
     * @param batchSize messages a transaction, 200-1000 for small ones
     */
    public QueueDrain(ConnectionFactory factory, String queue, int batchSize, RowDecoder<T> decoder, BatchSink<T> sink, InstantSource clock) {
        this.factory = factory;
        this.queue = queue;
        this.batchSize = batchSize;
        this.decoder = decoder;
        this.sink = sink;
        this.clock = clock;
    }

    /** @return messages taken off the queue for good: 0 when it is empty, and while waiting after a failure. Never throws for a broker or sink that is away */
    public synchronized int drain() {
        if (clock.instant().isBefore(notBefore)) {
            return 0;
        }
        int total = 0;
        for (int batch = 0; batch < MAX_BATCHES_A_CALL; batch++) {
            int done = drainBatch();
            total += done;
            if (done == 0) {
                break;
            }
        }
        return total;
    }

    private int drainBatch() {
        try {
            Session open = open();
            boolean probing = !pause.isZero();
            DrainBatch<T> batch = DrainBatch.receive(open, Objects.requireNonNull(consumer), queue, probing ? 1 : batchSize, FIRST_WAIT_MILLIS, decoder);
            if (batch.received() == 0) {
                return 0;
            }
            write(batch);
            open.commit();
            pause = Duration.ZERO;
            return batch.received();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            backOff(e);
            return 0;
        }
    }

    private void write(DrainBatch<T> batch) throws Exception {
        if (batch.rows().isEmpty()) {
            return;
        }
        try {
            sink.write(List.copyOf(batch.rows()));
        } catch (Exception e) {
            if (!SinkFault.isOfTheRow(e)) {
                throw e;
            }
            writeOneByOne(batch);
        }
    }

    private void writeOneByOne(DrainBatch<T> batch) throws Exception {
        for (int i = 0; i < batch.rows().size(); i++) {
            try {
                sink.write(List.of(batch.rows().get(i)));
            } catch (Exception e) {
                if (!SinkFault.isOfTheRow(e)) {
                    throw e;
                }
                batch.setAside(i, e);
            }
        }
    }

    private void backOff(Exception reason) {
        pause = pause.isZero() ? FIRST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
        notBefore = clock.instant().plus(pause);
        LOG.warn("[DRAIN_WAITING] {}: {}; its messages stay in the broker, next try in {} s", queue, reason.getMessage(), pause.toSeconds());
        try {
            if (session != null) {
                session.rollback();
            }
        } catch (JMSException e) {
            // The broker rolls back a session that it lost; the next call opens another.
        }
        if (reason instanceof JMSException) {
            close();
        }
    }

    private Session open() throws JMSException {
        if (session == null) {
            connection = factory.createConnection();
            session = connection.createSession(true, Session.SESSION_TRANSACTED);
            consumer = session.createConsumer(session.createQueue(queue));
            connection.start();
        }
        return session;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** Gives the connection back; the next call to {@link #drain()} opens another. */
    @Override
    public synchronized void close() {
        Connection open = connection;
        connection = null;
        session = null;
        consumer = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (JMSException e) {
            // It is of no more use either way.
        }
    }
}
