package dev.dromedary.camel;

import dev.dromedary.config.AlertTargets;
import dev.dromedary.message.SubmissionReader;
import dev.dromedary.monitor.Status;
import dev.dromedary.store.AuditLog;
import dev.dromedary.store.Notice;
import dev.dromedary.store.NoticeStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.camel.main.Main;

/** The part of the composition root that tells people and programs of alerts. */
final class AlertNoticeWiring implements AutoCloseable {
    private final AlertTargets targets;
    private final NoticeStore store;
    private final InstantSource clock;
    private final AlertNotices notices;
    private final OutageNotices outage;
    private final AlertTests tests;

    /** @param node the name of this one */
    AlertNoticeWiring(AlertTargets targets, NoticeStore store, SubmissionReader submissions, Supplier<AcceptPort> port, MeterRegistry registry, String node, InstantSource clock,
            RandomGenerator random) {
        var counts = new NoticeCounts(registry);
        var waits = new NoticeWaits(random);
        var webhook = new AlertWebhook(clock);
        var results = new NoticeResults(store, waits, counts, clock);
        var mail = new AlertMail(targets.mail(), store, submissions, port, results, clock);
        this.targets = targets;
        this.store = store;
        this.clock = clock;
        this.notices = new AlertNotices(targets, store, webhook, mail, results, clock);
        this.outage = new OutageNotices(targets, webhook, waits, counts, node, clock);
        this.tests = new AlertTests(targets, webhook, mail, clock);
    }

    void bind(Main main, ApiCall call, AuditLog audit) {
        main.bind("alertNotices", notices);
        main.bind("alertTests", new AlertTestApi(call, tests, store, audit, clock));
    }

    AlertNotices notices() {
        return notices;
    }

    OutageNotices outage() {
        return outage;
    }

    NoticeStore store() {
        return store;
    }

    /** Receivers that were not told of the last that they should know. */
    Status.Problems problems() {
        return () -> store.unreached(targets.all()).stream().map(AlertNoticeWiring::problem).toList();
    }

    private static String problem(Notice.Line one) {
        return "[ALERT_NOT_TOLD] " + one.target() + ": was not told of alert " + one.alert() + " (" + one.answer() + "), given up at " + one.doneAt()
                + "; correct the receiver or the configuration, then: bin/dromedary alerts test " + one.target();
    }

    @Override
    public void close() throws InterruptedException {
        notices.close();
    }
}
