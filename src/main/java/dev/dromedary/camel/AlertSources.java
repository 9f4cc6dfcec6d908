package dev.dromedary.camel;

import dev.dromedary.alert.By;
import dev.dromedary.alert.Judged;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Topic;
import dev.dromedary.alert.Verdict;
import dev.dromedary.config.AlertSettings;
import dev.dromedary.report.Forecast;
import dev.dromedary.store.AlertReadings;
import dev.dromedary.store.WarningStore;
import dev.dromedary.warning.Warning;
import dev.dromedary.warning.WarningKind;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What other parts of the program know to be wrong, as alerts: they are not worked out a second time. Not thread-safe. */
final class AlertSources {
    static final String SILENT_NODE = "node-silent";
    static final String OUTGROWN = "capacity-outgrown";
    static final String EARLY_WARNING = "early-warning-";
    private static final Duration CAPACITY_EVERY = Duration.ofHours(1);

    private final AlertSettings settings;
    private final WarningStore warnings;
    private final AlertReadings readings;
    private final Capacity capacity;
    private final HaltedProviders halted;
    private final PausedByItself paused;
    private @Nullable Judged outgrown;
    private Instant looked = Instant.MIN;

    /** When things are outgrown. */
    interface Capacity {
        List<Forecast> at(Instant now) throws SQLException;
    }

    AlertSources(AlertSettings settings, WarningStore warnings, AlertReadings readings, Capacity capacity, HaltedProviders halted, PausedByItself paused) {
        this.settings = settings;
        this.warnings = warnings;
        this.readings = readings;
        this.capacity = capacity;
        this.halted = halted;
        this.paused = paused;
    }

    List<Judged> look(Instant now) throws SQLException {
        var out = new ArrayList<Judged>();
        if (settings.earlyWarnings()) {
            out.addAll(warnings(now));
        }
        if (outgrown == null || now.isAfter(looked.plus(CAPACITY_EVERY))) {
            outgrown = outgrown(now);
            looked = now;
        }
        out.add(outgrown);
        out.add(halted.look(now));
        out.add(paused.look(now));
        out.add(silent(now));
        return out;
    }

    private List<Judged> warnings(Instant now) throws SQLException {
        Map<WarningKind, List<Warning>> open = warnings.open(now).stream().collect(Collectors.groupingBy(Warning::kind));
        return java.util.Arrays.stream(WarningKind.values()).map(kind -> new Judged(
                Topic.told(EARLY_WARNING + kind.id(), By.POOL_PROVIDER, "%", List.of("See its evidence, and what was cut: bin/dromedary warnings list",
                        "Look at the replies there: bin/dromedary deferred list, and at the reputation: bin/dromedary reputation")),
                open.getOrDefault(kind, List.of()).stream().map(AlertSources::verdict).toList())).toList();
    }

    private static Verdict verdict(Warning one) {
        double share = one.total() == 0 ? Double.NaN : 100.0 * one.count() / one.total();
        return Verdict.told(one.pool().isEmpty() ? one.provider() : one.pool() + "/" + one.provider(), one.critical() ? Severity.CRITICAL : Severity.WARNING, share,
                one.kind() == WarningKind.LATENCY ? Double.NaN : 100 * one.usual(), one.cause());
    }

    private Judged outgrown(Instant now) throws SQLException {
        var verdicts = new ArrayList<Verdict>();
        for (Forecast one : capacity.at(now)) {
            Instant at = one.reachedAt();
            if (at != null && !at.isAfter(now.plus(settings.capacityWarning()))) {
                Severity severity = at.isAfter(now.plus(settings.capacityCritical())) ? Severity.WARNING : Severity.CRITICAL;
                verdicts.add(Verdict.told(one.subject() + " " + one.metric(), severity, known(one.now()), known(one.limit()),
                        one.subject() + ": " + one.metric() + " reaches its limit about " + at + "; " + one.why()));
            }
        }
        return new Judged(Topic.told(OUTGROWN, By.ALL, "", List.of("See the forecast: GET /v1/capacity", "Add a pool or addresses, ask the provider for a higher rate, or make room, before then")), verdicts);
    }

    private static double known(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    private Judged silent(Instant now) throws SQLException {
        List<Verdict> silent = readings.nodes(now).stream().filter(node -> !node.stopped() && node.last().plus(settings.silentNode()).plusSeconds(60).isBefore(now))
                .map(node -> Verdict.told(node.name(), Severity.WARNING, Duration.between(node.last(), now).toSeconds(), settings.silentNode().toSeconds(),
                        "node " + node.name() + " has taken no sample since " + node.last() + ", and was not stopped in good order")).toList();
        return new Judged(Topic.told(SILENT_NODE, By.NODE, "s", List.of("Look whether the process runs, and whether it reaches the database",
                "Its queues wait on its disk until it is back: with an embedded broker no other node sends them")), silent);
    }
}
