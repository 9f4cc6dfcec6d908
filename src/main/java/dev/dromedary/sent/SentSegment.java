package dev.dromedary.sent;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One file of the log, appended to by many threads at once without a lock of ours.
 *
 * <p>A stream and not a FileChannel: an interrupt during a write closes a channel, and a stop interrupts consumers. The file is opened for
 * appending, so that the system puts each write, which is one record, behind the one before; a stream's write takes no lock in Java.
 */
final class SentSegment {
    private final Path file;
    private final FileOutputStream out;
    /** The owner counts as one: the file is closed when the owner and the last writer have left, and not under a writer's hands. */
    private final AtomicInteger users = new AtomicInteger(1);
    private final AtomicInteger records = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    private final Object disk = new Object();
    private volatile long synced;

    private SentSegment(Path file, FileOutputStream out) {
        this.file = file;
        this.out = out;
    }

    static SentSegment create(Path file) throws IOException {
        return new SentSegment(file, new FileOutputStream(file.toFile(), true));
    }

    Path file() {
        return file;
    }

    int records() {
        return records.get();
    }

    long bytes() {
        return written.get();
    }

    /** @return false where it is closed or about to be */
    boolean enter() {
        int before = users.get();
        while (before > 0) {
            if (users.compareAndSet(before, before + 1)) {
                return true;
            }
            before = users.get();
        }
        return false;
    }

    void leave() throws IOException {
        if (users.decrementAndGet() == 0) {
            out.close();
        }
    }

    /**
     * Returns when the system has the record: a death of this process cannot take it back.
     *
     * @param sync whether to return only when the disk has it too; those who wait share one sync
     * @return records written to this file up to now
     */
    int append(byte[] record, boolean sync) throws IOException {
        out.write(record);
        long mine = written.addAndGet(record.length);
        if (sync) {
            sync(mine);
        }
        return records.incrementAndGet();
    }

    void sync(long upTo) throws IOException {
        if (synced >= upTo) {
            return;
        }
        synchronized (disk) {
            if (synced < upTo) {
                long all = written.get();
                out.getFD().sync();
                synced = all;
            }
        }
    }
}
