package dev.dromedary.camel;

import dev.dromedary.config.AlertTargets;
import dev.dromedary.message.SubmissionReader;
import dev.dromedary.store.NoticeStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.camel.main.Main;

/** The part of the composition root that tells people and programs of alerts. */
final class AlertNoticeWiring implements AutoCloseable {
    private final AlertNotices notices;

    AlertNoticeWiring(AlertTargets targets, NoticeStore store, SubmissionReader submissions, Supplier<AcceptPort> port, MeterRegistry registry, InstantSource clock, RandomGenerator random) {
        var results = new NoticeResults(store, new NoticeWaits(random), clock, registry);
        this.notices = new AlertNotices(targets, store, new AlertWebhook(clock), new AlertMail(targets.mail(), store, submissions, port, results, clock), results, clock);
    }

    void bind(Main main) {
        main.bind("alertNotices", notices);
    }

    AlertNotices notices() {
        return notices;
    }

    @Override
    public void close() throws InterruptedException {
        notices.close();
    }
}
