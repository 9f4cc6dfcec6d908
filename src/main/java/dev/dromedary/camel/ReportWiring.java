package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.event.EventHistory;
import dev.dromedary.message.SubmissionReader;
import dev.dromedary.report.HealthReading;
import dev.dromedary.store.HistoryStore;
import dev.dromedary.store.ReportStore;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.main.Main;

/** The part of the composition root that tells how it went, and when what there is will not do. */
final class ReportWiring {
    private ReportWiring() {
    }

    /** @return when things are outgrown */
    static AlertSources.Capacity bind(Main main, ApiCall call, DromedaryConfig config, DataSource source, Supplier<AcceptPort> port, AlertWiring alerts, InstantSource clock) {
        var store = new ReportStore(source);
        var health = new HealthReading(config.report().expectedThroughput(), config.report().expectedLatency());
        var reader = new ReportReader(new HistoryStore(source), store, health, new ReportLimits(config, store), alerts::between);
        main.bind("report", new ReportApi(call, reader, clock));
        var submissions = new SubmissionReader(config.accept().maxRecipients(), config.accept().maxSize());
        main.bind("reportMail", new ReportMail(config.report().mail(), reader, new EventHistory(source), submissions, port, clock));
        return reader::capacity;
    }
}
