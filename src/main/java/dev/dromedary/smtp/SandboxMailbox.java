package dev.dromedary.smtp;

import dev.dromedary.ingress.SmtpSubmission;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** The last messages taken, oldest first. Safe for use by many threads. */
final class SandboxMailbox {
    private final InstantSource clock;
    private final int keep;
    private final ArrayDeque<SandboxMessage> last = new ArrayDeque<>();
    private final LongAdder refused = new LongAdder();
    private long accepted;

    SandboxMailbox(InstantSource clock, int keep) {
        this.clock = clock;
        this.keep = keep;
    }

    /** Returns the message's number. */
    long keep(SmtpSubmission submission) {
        byte[] data = submission.data();
        byte[] kept = data.length > Sandbox.KEPT_OCTETS ? Arrays.copyOf(data, Sandbox.KEPT_OCTETS) : data;
        var now = clock.instant();
        synchronized (this) {
            accepted++;
            if (keep > 0) {
                if (last.size() == keep) {
                    last.removeFirst();
                }
                last.addLast(new SandboxMessage(accepted, submission.from(), submission.to(), now, data.length, kept));
            }
            return accepted;
        }
    }

    void countRefused() {
        refused.increment();
    }

    synchronized List<SandboxMessage> messages() {
        return List.copyOf(last);
    }

    synchronized long accepted() {
        return accepted;
    }

    long refused() {
        return refused.sum();
    }
}
