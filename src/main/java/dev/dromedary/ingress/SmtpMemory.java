package dev.dromedary.ingress;

import java.util.concurrent.atomic.AtomicLong;

/** The octets that large messages of all conversations may hold at a time, so that a few of them do not take the heap. */
final class SmtpMemory {
    private final AtomicLong free;

    SmtpMemory(long octets) {
        this.free = new AtomicLong(octets);
    }

    boolean reserve(long octets) {
        if (free.addAndGet(-octets) >= 0) {
            return true;
        }
        free.addAndGet(octets);
        return false;
    }

    void release(long octets) {
        free.addAndGet(octets);
    }

    long free() {
        return free.get();
    }
}
