package dev.dromedary.camel;

import dev.dromedary.alert.Alert;
import dev.dromedary.alert.AlertDesk;
import dev.dromedary.alert.AlertRule;
import dev.dromedary.alert.Telling;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.hold.HoldStore;
import dev.dromedary.hold.Holds;
import dev.dromedary.report.Pair;
import dev.dromedary.report.Report;
import dev.dromedary.store.AlertReadings;
import dev.dromedary.store.AlertStore;
import dev.dromedary.store.NoticeStore;
import dev.dromedary.store.ReactionStore;
import dev.dromedary.store.WarningStore;
import dev.dromedary.warning.WarningKind;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.main.Main;

/** The part of the composition root that tells somebody when something is wrong. */
final class AlertWiring {
    private static final int MOST_OF_A_REPORT = 1_000;

    private final DromedaryConfig config;
    private final DataSource source;
    private final AlertStore store;
    private final InstantSource clock;

    AlertWiring(DromedaryConfig config, DataSource source, InstantSource clock) {
        this.config = config;
        this.source = source;
        this.store = new AlertStore(source);
        this.clock = clock;
    }

    /** @param warnings of all nodes; @param capacity when things are outgrown */
    void bind(Main main, ApiCall call, WarningStore warnings, AlertSources.Capacity capacity, AlertNoticeWiring notices, MeterRegistry registry) {
        var readings = new AlertReadings(source, config.alerts().targets().mail().stream());
        var sources = new AlertSources(config.alerts(), warnings, readings, capacity,
                new HaltedProviders(new ReactionStore(source), config.pools().keySet(), config.alerts().halted()),
                new PausedByItself(new HoldStore(source, new Holds(clock), clock)));
        var desk = new AlertDesk(config.alerts().remindEvery(), () -> "a-" + UUID.randomUUID());
        main.bind("alertKeeper", new AlertKeeper(config.alerts(), store, readings, sources, this::tell, desk, notices.outage(), registry, clock));
        main.bind("alerts", new AlertApi(call, store, notices.store(), rules(), clock));
    }

    private void tell(Connection connection, AlertDesk.Looked looked) throws SQLException {
        Instant now = clock.instant();
        for (Telling one : looked.tellings()) {
            NoticeStore.write(connection, one, config.alerts().targets().of(one), now);
        }
    }

    private Set<String> rules() {
        Set<String> rules = new TreeSet<>(Set.of(AlertSources.SILENT_NODE, AlertSources.OUTGROWN, HaltedProviders.RULE, PausedByItself.RULE, OutageNotices.RULE));
        config.alerts().rules().stream().map(AlertRule::id).forEach(rules::add);
        Arrays.stream(WarningKind.values()).map(kind -> AlertSources.EARLY_WARNING + kind.id()).forEach(rules::add);
        return rules;
    }

    /** For reports. */
    List<Report.Alert> between(Instant from, Instant to) throws SQLException {
        return store.between(from, to, MOST_OF_A_REPORT).stream().map(this::ofReport).toList();
    }

    private Report.Alert ofReport(Alert one) {
        Instant end = one.course().resolved();
        return new Report.Alert(one.metric(), one.severity().id(), one.state().id(), one.subject(), place(one), one.course().since(), end == null ? clock.instant() : end, one.text());
    }

    /** Where it is, so that a report can put it beside the warnings and reactions there. */
    static Pair place(Alert one) {
        int slash = one.subject().indexOf('/');
        return switch (one.by()) {
            case PROVIDER -> new Pair(one.subject(), "");
            case POOL -> new Pair("", one.subject());
            case POOL_PROVIDER -> slash < 0 ? new Pair(one.subject(), "") : new Pair(one.subject().substring(slash + 1), one.subject().substring(0, slash));
            case ALL, STREAM, WAY, QUEUE, NODE -> new Pair("", "");
        };
    }
}
