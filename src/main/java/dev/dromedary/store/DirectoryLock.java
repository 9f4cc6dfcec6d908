package dev.dromedary.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One process at a time in one directory. The operating system frees the lock when the process dies, however it dies. */
public final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws StorageException when another process, or another part of this one, holds the directory */
    public static DirectoryLock take(Path directory) {
        try {
            FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new StorageException("[DATA_DIRECTORY_IN_USE] " + directory.toAbsolutePath()
                        + ": held by another running Dromedary; stop that one, or give this one a data directory of its own", null);
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new StorageException("[DATA_DIRECTORY_UNUSABLE] " + directory.toAbsolutePath() + ": " + e.getMessage()
                    + "; make it a directory that this user may write", e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Closing releases the lock even where it reports an error: nothing is left to do.
        }
    }
}
