package dev.dromedary.camel;

import dev.dromedary.config.AlertTargets;
import dev.dromedary.config.AlertTargets.Webhook;
import dev.dromedary.store.Notice;
import dev.dromedary.store.NoticeStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people and programs of alerts. Nodes share what is due through the database; of each receiver only so many notices are under way at a time, and none waits for another
 * receiver. Safe for use by many threads.
 */
public final class AlertNotices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertNotices.class);
    /** Under way to one hook, of this node. */
    static final int IN_FLIGHT = 4;
    /** Beyond a hook's timeout, for the result to be written. */
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration UPKEEP = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String UNKNOWN = "no such receiver in the configuration for a day";

    private final AlertTargets targets;
    private final NoticeStore store;
    private final AlertWebhook webhook;
    private final AlertMail mail;
    private final NoticeResults results;
    private final InstantSource clock;
    private final Map<String, Semaphore> room;
    private final Semaphore mailing = new Semaphore(1);
    /** Its tasks are as few as there is room for. */
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "alert-notices");
        thread.setDaemon(true);
        return thread;
    });
    private Instant upkeep = Instant.MIN;
    private volatile boolean away;

    AlertNotices(AlertTargets targets, NoticeStore store, AlertWebhook webhook, AlertMail mail, NoticeResults results, InstantSource clock) {
        this.targets = targets;
        this.store = store;
        this.webhook = webhook;
        this.mail = mail;
        this.results = results;
        this.clock = clock;
        this.room = targets.webhooks().stream().map(Webhook::target).collect(Collectors.toUnmodifiableMap(Function.identity(), target -> new Semaphore(IN_FLIGHT)));
    }

    /** Begins to tell what is due, and does not wait for it. */
    public synchronized void send() {
        if (threads.isShutdown()) {
            return;
        }
        try {
            if (!targets.mail().to().isEmpty() && mailing.tryAcquire()) {
                threads.execute(this::mail);
            }
            for (Webhook hook : targets.webhooks()) {
                post(hook, Objects.requireNonNull(room.get(hook.target())));
            }
            keepUp();
            away = false;
        } catch (SQLException e) {
            away(e);
        }
    }

    private void mail() {
        try {
            mail.send();
        } catch (SQLException e) {
            away(e);
        } finally {
            mailing.release();
        }
    }

    private void post(Webhook hook, Semaphore free) throws SQLException {
        // Only this method takes room, one call at a time: what is free now is free below.
        List<Notice> some = store.claim(hook.target(), clock.instant(), hook.timeout().plus(LEASE), free.availablePermits());
        for (Notice one : some) {
            free.acquireUninterruptibly();
            webhook.tell(hook, one).thenAcceptAsync(told -> results.of(List.of(one), told), threads).whenComplete((done, failure) -> free.release());
        }
    }

    private void keepUp() throws SQLException {
        Instant now = clock.instant();
        if (now.isBefore(upkeep)) {
            return;
        }
        upkeep = now.plus(UPKEEP);
        // Another node may know them, as while a new configuration is brought in.
        store.giveUpUnknown(targets.all(), now.minus(NoticeWaits.LONGEST), UNKNOWN, now).forEach(target -> results.lost(target, "a notice", UNKNOWN));
        store.deleteOld(now);
    }

    private void away(SQLException e) {
        if (!away) {
            LOG.warn("[ALERT_NOTICES_UNREAD] database: {}; alerts are told when it is back", e.getMessage());
        }
        away = true;
    }

    /** What is under way and has an answer is written; the rest is told later, by this node or another. */
    @Override
    public void close() throws InterruptedException {
        synchronized (this) {
            threads.shutdown();
        }
        if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }
}
