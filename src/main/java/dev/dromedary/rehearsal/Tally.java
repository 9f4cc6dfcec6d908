package dev.dromedary.rehearsal;

import dev.dromedary.rehearsal.Answer.Kind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Counts of one rehearsal. */
final class Tally {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int LONGEST = 2_880;

    private final long end;
    private final int minutes;
    private final Map<String, Lateness> lateness = new HashMap<>();
    private final Map<Kind, Long> answers = new EnumMap<>(Kind.class);
    private final Map<String, Long> byPool = new TreeMap<>();
    private final Map<String, long[]> byProvider = new TreeMap<>();
    private final long[] delivery = new long[LONGEST + 1];
    private long accepted;
    private long eligible;
    private long delivered;
    private long inHour;
    private long duplicates;
    private long attempts;
    private long repeats;
    private long deferrals;
    private long expired;
    private long settled;
    private long paused;
    private long bounced;
    private int blocks;

    Tally(Duration length) {
        this.end = length.toNanos();
        this.minutes = (int) length.toMinutes();
    }

    Lateness lateness(String provider) {
        return lateness.computeIfAbsent(provider, id -> new Lateness(minutes));
    }

    void tick(long now) {
        lateness.values().forEach(each -> each.tick((int) (now / MINUTE)));
    }

    void accepted(SimMessage message) {
        accepted++;
        if (counts(message)) {
            eligible++;
            ofProvider(message)[0]++;
        }
        lateness(message.provider).arrived((int) (message.acceptedAt / MINUTE));
    }

    /** Whether it could be delivered within an hour before the end. */
    private boolean counts(SimMessage message) {
        return !message.unknown() && !message.spam() && message.acceptedAt <= end - HOUR;
    }

    void attempt(String pool, SimMessage message, Kind kind, boolean deferred) {
        attempts++;
        repeats += message.first() && message.refusals == 0 ? 0 : 1;
        deferrals += deferred ? 1 : 0;
        answers.merge(kind, 1L, Long::sum);
        byPool.merge(pool, kind == Kind.TAKEN || kind == Kind.LOST ? 1L : 0L, Long::sum);
    }

    /** @param now of the moment at which the recipient has it */
    void taken(SimMessage message, long now) {
        if (message.delivered) {
            duplicates++;
            return;
        }
        message.delivered = true;
        delivered++;
        long took = now - message.acceptedAt;
        if (counts(message) && took <= HOUR) {
            inHour++;
            ofProvider(message)[1]++;
        }
        delivery[(int) Math.min(LONGEST, took / MINUTE)]++;
    }

    /** Nothing more is done about it. */
    void settled(SimMessage message) {
        settled++;
        lateness(message.provider).done((int) (message.acceptedAt / MINUTE));
    }

    void bounced(SimMessage message) {
        bounced++;
        settled(message);
    }

    void paused(SimMessage message) {
        paused++;
        settled(message);
    }

    void expired(SimMessage message) {
        expired++;
        settled(message);
    }

    void blocked() {
        blocks++;
    }

    Result result(String scenario, Policy policy, Foresight foresight) {
        List<Integer> recoveries = lateness.values().stream().flatMap(each -> each.recoveries().stream()).sorted().toList();
        List<Long> leads = foresight.leads();
        return new Result(scenario, policy.id(), accepted, delivered, eligible == 0 ? 1 : inHour / (double) eligible, percentile(0.5), percentile(0.99), attempts, deferrals, blocks,
                answers.getOrDefault(Kind.BLOCKED, 0L), repeats, duplicates, bounced, expired, paused, accepted - settled,
                recoveries.isEmpty() ? 0 : recoveries.get(recoveries.size() - 1), recoveries.stream().mapToInt(Integer::intValue).average().orElse(0),
                foresight.warnings(), foresight.falseAlarms() / (minutes / 1440.0), leads.stream().min(Long::compare).orElse(null), leads.stream().max(Long::compare).orElse(null),
                byPool, providers());
    }

    private long[] ofProvider(SimMessage message) {
        return byProvider.computeIfAbsent(message.provider, id -> new long[2]);
    }

    private Map<String, Double> providers() {
        Map<String, Double> shares = new TreeMap<>();
        byProvider.forEach((provider, counts) -> shares.put(provider, counts[1] / (double) Math.max(1, counts[0])));
        return shares;
    }

    /** In minutes; of those delivered. */
    private int percentile(double share) {
        long left = (long) Math.ceil(delivered * share);
        for (int i = 0; i <= LONGEST; i++) {
            left -= delivery[i];
            if (left <= 0) {
                return i;
            }
        }
        return LONGEST;
    }
}
