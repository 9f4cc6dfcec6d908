package dev.dromedary.store;

import org.jspecify.annotations.Nullable;

/** The broker or the database could not be started or reached. The message has the form {@code [CODE] subject: value seen; what to change}. */
public final class StorageException extends RuntimeException {

    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
