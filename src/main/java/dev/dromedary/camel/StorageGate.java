package dev.dromedary.camel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Holds the lanes while the broker takes nothing: a message sent over SMTP now could not be recorded as sent, would be offered again, and
 * so be sent time after time. A held message stays the broker's; its consumer waits here. Thread-safe.
 */
final class StorageGate {
    private static final long LOOK_MILLIS = 250;
    private final BooleanSupplier full;
    private final CountDownLatch closing = new CountDownLatch(1);

    StorageGate(BooleanSupplier full) {
        this.full = full;
    }

    /** @throws HeldException when the program stops before there is room */
    void pass() throws HeldException, InterruptedException {
        while (full.getAsBoolean()) {
            if (closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new HeldException();
            }
        }
    }

    /** Lets no one wait any longer, for a stop. */
    void close() {
        closing.countDown();
    }
}
