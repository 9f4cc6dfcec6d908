package dev.dromedary.store;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once when the broker stops taking messages because the disk is full, and once when it takes them again. */
final class DiskWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
    private final BooleanSupplier full;
    private final Path directory;
    private final int limit;
    private boolean told;

    DiskWatch(BooleanSupplier full, Path directory, int limit) {
        this.full = full;
        this.directory = directory;
        this.limit = limit;
    }

    @Override
    public synchronized void run() {
        boolean now = full.getAsBoolean();
        if (now && !told) {
            LOG.error("[BROKER_DISK_FULL] {}: more than {} % of its file system is used; no message is taken until there is room: free space,"
                    + " or raise broker.maxDiskUsage", directory, limit);
        } else if (!now && told) {
            LOG.info("{}: less than {} % of its file system is used again; messages are taken", directory, limit);
        }
        told = now;
    }
}
