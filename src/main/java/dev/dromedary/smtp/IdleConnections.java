package dev.dromedary.smtp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Connections that wait for the next message: the last one back is the first one out, so that few stay busy and the rest age away.
 * Thread-safe.
 */
final class IdleConnections {
    private final Deque<SmtpConversation> idle = new ArrayDeque<>();
    private final long maxIdleNanos;
    private final long maxAgeNanos;
    private final BiConsumer<SmtpConversation, CloseReason> retire;

    /** @param retire takes each connection that is not kept, and why; is called outside of the lock and returns at once */
    IdleConnections(Duration maxIdle, Duration maxAge, BiConsumer<SmtpConversation, CloseReason> retire) {
        this.maxIdleNanos = maxIdle.toNanos();
        this.maxAgeNanos = maxAge.toNanos();
        this.retire = retire;
    }

    /** @param limit messages over one connection, as the message to be sent demands */
    @Nullable SmtpConversation take(int limit) {
        while (true) {
            SmtpConversation last;
            synchronized (idle) {
                last = idle.pollLast();
            }
            if (last == null || last.transactions() < limit && !isStale(last, System.nanoTime())) {
                return last;
            }
            retire.accept(last, last.transactions() < limit ? staleness(last) : CloseReason.MESSAGES);
        }
    }

    void put(SmtpConversation conversation) {
        conversation.idleFrom(System.nanoTime());
        synchronized (idle) {
            idle.addLast(conversation);
        }
    }

    boolean isStale(SmtpConversation conversation, long now) {
        return now - conversation.idleSince() >= maxIdleNanos || isTooOld(conversation, now);
    }

    boolean isTooOld(SmtpConversation conversation, long now) {
        return now - conversation.openedAt() >= maxAgeNanos;
    }

    void retireStale() {
        long now = System.nanoTime();
        List<SmtpConversation> stale = new ArrayList<>();
        synchronized (idle) {
            for (Iterator<SmtpConversation> all = idle.iterator(); all.hasNext();) {
                SmtpConversation next = all.next();
                if (isStale(next, now)) {
                    all.remove();
                    stale.add(next);
                }
            }
        }
        stale.forEach(one -> retire.accept(one, staleness(one)));
    }

    private CloseReason staleness(SmtpConversation stale) {
        return isTooOld(stale, System.nanoTime()) ? CloseReason.AGE : CloseReason.IDLE;
    }

    List<SmtpConversation> takeAll() {
        synchronized (idle) {
            List<SmtpConversation> all = List.copyOf(idle);
            idle.clear();
            return all;
        }
    }

    int size() {
        synchronized (idle) {
            return idle.size();
        }
    }
}
