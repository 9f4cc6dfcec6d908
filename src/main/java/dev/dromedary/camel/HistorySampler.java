package dev.dromedary.camel;

import dev.dromedary.history.Gauge;
import dev.dromedary.history.Sample;
import dev.dromedary.history.Tallies;
import dev.dromedary.store.HistoryStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a sample of what passed and what stands, and writes it. Where the database is away, samples wait for it: the last {@value #MOST_WAITING}, so that
 * an hour's outage leaves no gap.
 */
public final class HistorySampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HistorySampler.class);
    private static final int MOST_WAITING = 60;

    private final Tallies tallies;
    private final HistoryGauges gauges;
    private final HistoryStore store;
    private final String node;
    private final InstantSource clock;
    private final Deque<Sample> waiting = new ArrayDeque<>();
    private Instant last;
    private double roundTrip = Double.NaN;
    private double bytes = Double.NaN;
    private boolean away;

    HistorySampler(Tallies tallies, HistoryGauges gauges, HistoryStore store, String node, InstantSource clock) {
        this.tallies = tallies;
        this.gauges = gauges;
        this.store = store;
        this.node = node;
        this.clock = clock;
        this.last = clock.instant();
    }

    public void take() {
        take(List.of());
    }

    private synchronized void take(List<Gauge> more) {
        Instant now = clock.instant();
        List<Gauge> stood = new ArrayList<>(gauges.read(now));
        stood.addAll(more);
        if (!Double.isNaN(roundTrip)) {
            stood.add(Gauge.of("database", "write_ms", roundTrip));
            stood.add(Gauge.of("database", "size_bytes", bytes));
        }
        waiting.add(new Sample(now.truncatedTo(ChronoUnit.MINUTES), node, Math.max(0, Duration.between(last, now).toMillis() / 1000.0), tallies.take(), stood));
        last = now;
        if (waiting.size() > MOST_WAITING) {
            waiting.remove();
        }
        write();
    }

    private void write() {
        long start = System.nanoTime();
        try {
            store.write(List.copyOf(waiting));
            waiting.clear();
            double took = (System.nanoTime() - start) / 1e6;
            bytes = store.databaseBytes();
            roundTrip = took;
            away = false;
        } catch (SQLException e) {
            if (!away) {
                LOG.warn("[HISTORY_WAITS] database: {}; the samples of the last {} minutes are kept and written when it is back, older ones are lost", e.getMessage(), MOST_WAITING);
            }
            away = true;
        }
    }

    /** Makes hours of minutes, and forgets what is old. */
    public void keep() {
        try {
            store.keep(clock.instant());
        } catch (SQLException e) {
            LOG.warn("[HISTORY_KEPT] database: {}; minutes are made into hours when it is back", e.getMessage());
        }
    }

    /** What passed since the last sample is written too, and that the node is not missed from now on. */
    @Override
    public void close() {
        take(List.of(Gauge.of("node", "stopped", 1)));
    }
}
