package dev.dromedary.isolation;

import dev.dromedary.config.IsolationSettings;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Learner;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the campaign (and the stream and the sender's domain, where asked for) whose unknown recipients, blocks or complaints break their limits, as soon as a
 * share is above its limit for certain. What was found does not count again until {@link #mended}: then counting begins at nothing, so that what was paused
 * once is not paused again on the same evidence.
 *
 * <p>Safe for use by many threads; learning takes no lock. At most {@value #MOST} of a kind are counted: beyond that, those that are quiet are forgotten first.
 */
public final class Breaker implements Learner {
    static final int MOST = 10_000;
    private static final int WIDER = 10;

    private final IsolationSettings limits;
    private final InstantSource clock;
    private final Map<String, Tally> campaigns = new ConcurrentHashMap<>();
    private final Map<String, Tally> streams = new ConcurrentHashMap<>();
    private final Map<String, Tally> senders = new ConcurrentHashMap<>();
    private final Map<Trip, Boolean> open = new ConcurrentHashMap<>();
    private volatile Consumer<Trip> listener = trip -> { };
    private volatile long second;

    public Breaker(IsolationSettings limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.second = clock.instant().getEpochSecond();
    }

    /** Told of each trip at once, by the thread that counted; it has to be quick. */
    public void onTrip(Consumer<Trip> told) {
        this.listener = told;
    }

    @Override
    public void learn(Evidence evidence) {
        if (!limits.enabled()) {
            return;
        }
        count(campaigns, Trip.Kind.CAMPAIGN, evidence.campaign(), evidence, limits.floor());
        if (limits.streams()) {
            count(streams, Trip.Kind.STREAM, evidence.stream(), evidence, WIDER * limits.floor());
        }
        if (limits.senders()) {
            count(senders, Trip.Kind.SENDER, evidence.senderDomain(), evidence, WIDER * limits.floor());
        }
    }

    private void count(Map<String, Tally> tallies, Trip.Kind kind, @Nullable String value, Evidence evidence, int floor) {
        if (value == null) {
            return;
        }
        Tally tally = tallies.get(value);
        if (tally == null) {
            tally = added(tallies, value);
        }
        if (tally.broken.get()) {
            return;
        }
        String reason = tally.count(evidence.signal(), floor, limits);
        if (reason != null && tally.broken.compareAndSet(false, true)) {
            Trip trip = new Trip(kind, value, reason);
            open.put(trip, Boolean.FALSE);
            listener.accept(trip);
        }
    }

    private synchronized Tally added(Map<String, Tally> tallies, String value) {
        if (tallies.size() >= MOST) {
            makeRoom(tallies);
        }
        return tallies.computeIfAbsent(value, fresh -> new Tally(second));
    }

    /** A tenth goes: those that nothing was counted for since the last beats, and then whichever. */
    private static void makeRoom(Map<String, Tally> tallies) {
        tallies.values().removeIf(tally -> !tally.broken.get() && tally.decided() == tally.seenAtBeat);
        Iterator<Tally> rest = tallies.values().iterator();
        while (tallies.size() > MOST - MOST / 10 && rest.hasNext()) {
            if (!rest.next().broken.get()) {
                rest.remove();
            }
        }
        if (tallies.size() >= MOST) {
            tallies.clear();
        }
    }

    /** To be called every few seconds: forgets what is older than the window. */
    public void beat() {
        long now = clock.instant().getEpochSecond();
        if (now - second < 60) {
            return;
        }
        second = now;
        for (Map<String, Tally> tallies : List.of(campaigns, streams, senders)) {
            tallies.values().removeIf(tally -> !tally.broken.get() && now - tally.since > limits.window().toSeconds());
            tallies.values().forEach(tally -> tally.seenAtBeat = tally.decided());
        }
    }

    /** Those not paused yet. */
    public List<Trip> unpaused() {
        return open.entrySet().stream().filter(one -> !one.getValue()).map(Map.Entry::getKey).toList();
    }

    /** The pause is in force. */
    public void paused(Trip trip) {
        open.replace(trip, Boolean.TRUE);
    }

    /** Counts anew from nothing what was paused and is no longer. */
    public void mended(Predicate<Trip> stillPaused) {
        open.entrySet().removeIf(one -> {
            boolean over = one.getValue() && !stillPaused.test(one.getKey());
            if (over) {
                tallies(one.getKey().kind()).remove(one.getKey().value());
            }
            return over;
        });
    }

    private Map<String, Tally> tallies(Trip.Kind kind) {
        return switch (kind) {
            case CAMPAIGN -> campaigns;
            case STREAM -> streams;
            case SENDER -> senders;
        };
    }
}
