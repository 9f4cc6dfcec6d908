package dev.dromedary.sent;

import dev.dromedary.store.DirectoryLock;
import dev.dromedary.store.PrivateFiles;
import dev.dromedary.store.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of what was sent, on this node's disk. Each is in the hands of the operating system when {@link #append} returns, so that the
 * death of this process cannot take it back; a power cut can, unless each is synced. Thread-safe.
 *
 * <p>A start reads the last records and writes them into one new file. From then on a file is closed after {@code keep} records, and the last
 * three closed ones are kept: with a mark and a reply for each message that is always more than {@code keep} messages.
 */
final class SentLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SentLog.class);
    private static final int CLOSED_KEPT = 3;
    private static final String DRAFT = "rewritten.new";

    private final SentFiles files;
    private final int keep;
    private final boolean sync;
    private final DirectoryLock lock;
    private final AtomicBoolean failing = new AtomicBoolean();
    private final LongAdder failures = new LongAdder();
    private volatile SentSegment current;
    private long nextNumber;
    private boolean ended;

    private SentLog(SentFiles files, int keep, boolean sync, DirectoryLock lock, SentSegment current, long nextNumber) {
        this.files = files;
        this.keep = keep;
        this.sync = sync;
        this.lock = lock;
        this.current = current;
        this.nextNumber = nextNumber;
    }

    /**
     * Damage to its files does not stop it: what can be read is read.
     *
     * @param keep records after which a file is closed
     * @param remembered takes what was read, oldest first, and gives what is worth keeping
     * @throws StorageException where the directory cannot be written, or another process has it
     */
    static SentLog open(Path directory, int keep, boolean sync, UnaryOperator<List<SentRecord>> remembered) {
        try {
            PrivateFiles.directory(directory);
        } catch (IOException e) {
            throw unusable(directory, e);
        }
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            SentFiles files = new SentFiles(directory);
            List<Path> before = files.all();
            long number = files.nextNumber();
            List<SentRecord> kept = remembered.apply(files.readNewest(2 * keep));
            rewrite(kept, directory.resolve(DRAFT), files.numbered(number));
            files.delete(before);
            return new SentLog(files, keep, sync, lock, SentSegment.create(files.numbered(number + 1)), number + 2);
        } catch (IOException e) {
            lock.close();
            throw unusable(directory, e);
        }
    }

    private static StorageException unusable(Path directory, IOException e) {
        return new StorageException("[SENT_LOG_UNUSABLE] " + directory.toAbsolutePath() + ": " + e + "; make it a directory that this user may write, or set sent-log.enabled: false", e);
    }

    /** On disk before it stands in for the files that it was read from. */
    private static void rewrite(List<SentRecord> records, Path draft, Path file) throws IOException {
        Files.deleteIfExists(draft);
        SentSegment segment = SentSegment.create(draft);
        for (SentRecord record : records) {
            segment.append(SentRecordCodec.encode(record), false);
        }
        segment.sync(segment.bytes());
        segment.leave();
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Never throws for the disk's sake: what was sent is sent, and is to be recorded elsewhere all the same. What fails is counted. */
    void append(SentRecord record) {
        byte[] bytes = SentRecordCodec.encode(record);
        SentSegment segment = enter();
        if (segment == null) {
            return;
        }
        try {
            if (segment.records() >= 2 * keep) {
                // Waits for the thread that does so already; where no file can be begun, this one must not grow for ever.
                rotate(segment);
            }
            int records = segment.append(bytes, sync);
            if (records == keep || records > keep && records % 1000 == 0) {
                rotate(segment);
            }
            if (failing.get() && failing.compareAndSet(true, false)) {
                LOG.info("{}: written again", segment.file());
            }
        } catch (IOException e) {
            failed(segment, e);
        } finally {
            leave(segment);
        }
    }

    private void failed(SentSegment segment, IOException e) {
        failures.increment();
        if (failing.compareAndSet(false, true)) {
            LOG.warn("[SENT_LOG_UNWRITTEN] {}: {}; sending goes on, and what a crash now interrupts may be sent twice; see to the disk", segment.file(), e.toString());
        }
    }

    private @Nullable SentSegment enter() {
        SentSegment segment = current;
        while (!segment.enter()) {
            SentSegment next = current;
            if (next == segment) {
                return null;
            }
            segment = next;
        }
        return segment;
    }

    private void leave(SentSegment segment) {
        try {
            segment.leave();
        } catch (IOException e) {
            failed(segment, e);
        }
    }

    /** Others go on writing to the full file meanwhile. */
    private synchronized void rotate(SentSegment full) throws IOException {
        if (current != full || ended) {
            return;
        }
        current = SentSegment.create(files.numbered(nextNumber++));
        full.leave();
        List<Path> all = files.all();
        files.delete(all.subList(0, Math.max(0, all.size() - 1 - CLOSED_KEPT)));
    }

    /** Size of all its files. */
    long bytes() {
        try {
            long sum = 0;
            for (Path file : files.all()) {
                sum += Files.size(file);
            }
            return sum;
        } catch (IOException e) {
            return 0;
        }
    }

    /** Records that could not be written since the start. */
    long failures() {
        return failures.sum();
    }

    @Override
    public synchronized void close() {
        if (!ended) {
            ended = true;
            leave(current);
            lock.close();
        }
    }
}
