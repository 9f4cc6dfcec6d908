package dev.dromedary.deployment;

import java.util.Map;
import java.util.Set;

/** Metrics that only a running program shows, and some of them only while there is something to show, each with its labels; MetricsInPlaceIT sees them there. */
public final class SituationalMetrics {
    public static final Map<String, Set<String>> LABELS = Map.ofEntries(
            Map.entry("dromedary_reactions_active", Set.of("provider", "pool", "action")),
            Map.entry("dromedary_reputation_score", Set.of("pool", "provider")),
            Map.entry("dromedary_adaptive_pace_per_second", Set.of("pool", "provider")),
            Map.entry("dromedary_warmup_stage", Set.of("pool", "provider")),
            Map.entry("dromedary_warmup_day_sent", Set.of("pool", "provider")),
            Map.entry("dromedary_warmup_day_allowed", Set.of("pool", "provider")),
            Map.entry("dromedary_warnings_active", Set.of("kind")),
            Map.entry("dromedary_alerts_notices_total", Set.of("target", "outcome")),
            Map.entry("dromedary_queue_messages", Set.of("queue")),
            Map.entry("dromedary_pool_available", Set.of("pool")),
            Map.entry("dromedary_pool_connections_open", Set.of("pool")),
            Map.entry("dromedary_pool_connections_idle", Set.of("pool")));

    private SituationalMetrics() {
    }

    /** What a scrape shows of these. */
    public static Map<String, Set<String>> in(String scrape) {
        Map<String, Set<String>> shown = Scrape.labelsByName(scrape);
        shown.keySet().retainAll(LABELS.keySet());
        return shown;
    }
}
