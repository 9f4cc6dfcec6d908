package dev.dromedary.sent;

import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.SmtpReply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last deliveries of this node. Where the commit after a delivery fails, as when the broker is restarted or this process killed just
 * then, the broker offers the message again: it is then recorded as delivered, and not sent a second time. Thread-safe.
 */
public final class Deliveries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final InstantSource clock;
    private final int keep;
    private final Map<SentKey, SentRecord> last = new LinkedHashMap<>();
    private final @Nullable SentLog log;

    private Deliveries(InstantSource clock, int keep, @Nullable Path directory, boolean sync, Duration maxAge) {
        this.clock = clock;
        this.keep = keep;
        this.log = directory == null ? null : SentLog.open(directory, keep, sync, records -> remembered(records, maxAge));
    }

    /** Forgets with the process. @param keep messages remembered */
    public static Deliveries inMemory(int keep, InstantSource clock) {
        return new Deliveries(clock, keep, null, false, Duration.ZERO);
    }

    /**
     * Also remembers what was sent by the process before.
     *
     * @param sync   whether each record has to be on the disk, and not only with the operating system
     * @param maxAge messages older than this are not sent in any case
     * @throws dev.dromedary.store.StorageException where the directory cannot be written, or another process has it
     */
    public static Deliveries logged(Path directory, int keep, boolean sync, Duration maxAge, InstantSource clock) {
        return new Deliveries(clock, keep, directory, sync, maxAge);
    }

    private List<SentRecord> remembered(List<SentRecord> records, Duration maxAge) {
        Instant oldest = clock.instant().minus(maxAge);
        records.stream().filter(record -> record.key().acceptedAt().isAfter(oldest)).forEach(this::keep);
        if (!last.isEmpty()) {
            LOG.info("{} deliveries of the last run are remembered", last.size());
        }
        return List.copyOf(last.values());
    }

    private synchronized void keep(SentRecord record) {
        if (record.kind() == SentRecord.Kind.REFUSED) {
            last.remove(record.key());
            return;
        }
        last.put(record.key(), record);
        if (last.size() > keep) {
            last.remove(last.keySet().iterator().next());
        }
    }

    private void remember(SentRecord record) {
        if (log != null) {
            log.append(record);
        }
        keep(record);
    }

    /** The end of data is about to be sent. */
    public void started(Envelope envelope, String pool) {
        remember(new SentRecord(SentKey.of(envelope), SentRecord.Kind.STARTED, pool, 0, null, "", 0, clock.instant()));
    }

    /** The server took the message. */
    public void taken(Envelope envelope, String pool, SmtpReply reply, int tookMillis) {
        remember(new SentRecord(SentKey.of(envelope), SentRecord.Kind.TAKEN, pool, reply.code(), reply.enhanced(), reply.text(), tookMillis, clock.instant()));
    }

    /** The server refused it after {@link #started} had been recorded. */
    public void refused(Envelope envelope, String pool, SmtpReply reply) {
        remember(new SentRecord(SentKey.of(envelope), SentRecord.Kind.REFUSED, pool, reply.code(), reply.enhanced(), "", 0, clock.instant()));
    }

    /** What is remembered of this very attempt: that the message was taken, or that the end of data was sent and no more; null for nothing. */
    public synchronized @Nullable SentRecord of(Envelope envelope) {
        return last.get(SentKey.of(envelope));
    }

    /** Size of the log's files, 0 without. */
    public long logBytes() {
        return log == null ? 0 : log.bytes();
    }

    /** Records that the log could not take since the start. */
    public long logFailures() {
        return log == null ? 0 : log.failures();
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }
}
