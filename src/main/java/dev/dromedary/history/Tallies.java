package dev.dromedary.history;

import dev.dromedary.event.EventKind;
import dev.dromedary.message.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts in memory what passes between two samples. Ways, providers and pools are those of the configuration; streams come from outside, so that beyond
 * {@value BoundedLabel#MOST} they are counted together. Safe for use by many threads.
 */
public final class Tallies {
    private static final String NO_POOL = "none";

    private final ConcurrentHashMap<Series, Tally> tallies = new ConcurrentHashMap<>();
    private final BoundedLabel streams = new BoundedLabel();

    private static final class Tally {
        private Counts counts = Counts.ZERO;
        private Spread delivery = new Spread();
        private Spread smtp = new Spread();

        private synchronized void count(Counts more) {
            counts = counts.plus(more);
        }

        private synchronized void attempt(Counts more, long took, long age) {
            counts = counts.plus(more);
            smtp.add(took);
            if (more.delivered() > 0) {
                delivery.add(age);
            }
        }

        private synchronized SeriesSample take(Series series) {
            var taken = new SeriesSample(series, counts, delivery, smtp);
            counts = Counts.ZERO;
            delivery = new Spread();
            smtp = new Spread();
            return taken;
        }
    }

    public void accepted(String way, long messages) {
        tally(Series.in(way)).count(new Counts(messages, 0, 0, 0, 0, 0));
    }

    /** @param tookMillis of the SMTP conversation; @param ageMillis since acceptance */
    public void attempted(Envelope envelope, @Nullable String pool, EventKind outcome, long tookMillis, long ageMillis) {
        Counts one = switch (outcome) {
            case DELIVERED, DELIVERED_IN_DOUBT -> new Counts(0, 1, 0, 0, 0, 0);
            case DEFERRED -> new Counts(0, 0, 1, 0, 0, 0);
            case BOUNCED -> new Counts(0, 0, 0, 1, 0, 0);
            case EXPIRED -> new Counts(0, 0, 0, 0, 1, 0);
            case ACCEPTED, SCHEDULED, SUPPRESSED, CANCELLED, DEAD_LETTERED, REPLAYED, COMPLAINED -> Counts.ZERO;
        };
        if (one != Counts.ZERO) {
            tally(Series.out(envelope.provider(), pool == null ? NO_POOL : pool, streams.of(envelope.stream()))).attempt(one, tookMillis, ageMillis);
        }
    }

    /** @param pool of the delivery, or empty where it is not known, as may be the stream */
    public void complained(String provider, String pool, String stream) {
        tally(Series.out(provider, pool, stream.isEmpty() ? stream : streams.of(stream))).count(new Counts(0, 0, 0, 0, 0, 1));
    }

    private Tally tally(Series series) {
        Tally known = tallies.get(series);
        return known != null ? known : tallies.computeIfAbsent(series, key -> new Tally());
    }

    /** What passed since it was last called; series of which nothing passed are left out. */
    public List<SeriesSample> take() {
        var taken = new ArrayList<SeriesSample>();
        tallies.forEach((series, tally) -> {
            SeriesSample one = tally.take(series);
            if (!one.counts().equals(Counts.ZERO)) {
                taken.add(one);
            }
        });
        return taken;
    }
}
