package dev.dromedary.provider;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.provider.MxLookup.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The provider of a domain by who runs its MX hosts. Answers are kept for their time to live, within bounds; threads that ask for the same
 * domain share one lookup; and a fault of the DNS means that the provider is unknown, for a short time, and nothing worse. Thread-safe.
 */
public final class MxRollup {
    static final Duration SHORTEST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofDays(1);
    /** How long a fault is remembered: every message to the domain would otherwise wait for the timeout anew. */
    static final Duration AFTER_FAULT = Duration.ofMinutes(1);
    /** After so many faults in a row nobody waits for the DNS any more, until one of the lookups that still go out is answered. */
    static final int FAULTS_BEFORE_NOT_WAITING = 5;
    private final MxLookup lookup;
    private final MxHosts hosts;
    private final Duration timeout;
    private final InstantSource clock;
    private final Map<String, Entry> entries;
    private final AtomicInteger faultsInARow = new AtomicInteger();

    /** @param timeout the longest that a caller waits; @param cacheSize domains kept, at least 1: the least recently asked for goes first */
    public MxRollup(MxLookup lookup, MxHosts hosts, Duration timeout, int cacheSize, InstantSource clock) {
        if (cacheSize < 1 || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("[MX_ROLLUP_INVALID] mxRollup: timeout " + timeout + ", cacheSize " + cacheSize + "; write a positive timeout and size");
        }
        this.lookup = lookup;
        this.hosts = hosts;
        this.timeout = timeout;
        this.clock = clock;
        this.entries = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
                return size() > cacheSize;
            }
        };
    }

    /** As configured, over the DNS; null where rollup is turned off. */
    public static @Nullable MxRollup of(DromedaryConfig.MxRollup settings, Map<String, DromedaryConfig.Provider> providers, InstantSource clock) {
        return settings.enabled()
                ? new MxRollup(DnsMxLookup.of(settings), new MxHosts(providers.values()), settings.timeout(), settings.cacheSize(), clock)
                : null;
    }

    /** Waits for the DNS at most for the timeout, and not at all where the answer is at hand. Throws nothing. */
    public Resolution resolve(String asciiDomain) {
        Entry entry = entry(asciiDomain);
        long patience = faultsInARow.get() < FAULTS_BEFORE_NOT_WAITING ? timeout.toNanos() : 0;
        try {
            return entry.resolution.get(patience, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return expired(entry);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Resolution.Unclaimed("interrupted while waiting for the DNS");
        } catch (ExecutionException fault) {
            return new Resolution.Unclaimed("DNS fault: " + text(fault));
        }
    }

    /** The next who ask need not wait as well; the answer, should it still come, takes the entry's place. */
    private Resolution expired(Entry entry) {
        if (entry.resolution.complete(new Resolution.Unclaimed("no reply from the DNS within " + timeout.toMillis() + " ms"))) {
            faultsInARow.incrementAndGet();
        }
        return entry.resolution.join();
    }

    private Entry entry(String domain) {
        Entry fresh;
        synchronized (entries) {
            Entry known = entries.get(domain);
            if (known != null && clock.instant().isBefore(known.expires)) {
                return known;
            }
            fresh = new Entry(clock.instant().plus(AFTER_FAULT));
            entries.put(domain, fresh);
        }
        ask(domain, fresh);
        return fresh;
    }

    private void ask(String domain, Entry entry) {
        CompletableFuture<Answer> answer;
        try {
            answer = lookup.lookup(domain);
        } catch (RuntimeException fault) {
            answer = CompletableFuture.failedFuture(fault);
        }
        answer.whenComplete((found, fault) -> {
            if (fault == null) {
                faultsInARow.set(0);
                settle(domain, entry, resolution(found.hosts()), bounded(found.timeToLive()));
            } else {
                faultsInARow.incrementAndGet();
                settle(domain, entry, new Resolution.Unclaimed("DNS fault: " + text(fault)), AFTER_FAULT);
            }
        });
    }

    private void settle(String domain, Entry asked, Resolution resolution, Duration validity) {
        Instant expires = clock.instant().plus(validity);
        asked.expires = expires;
        if (!asked.resolution.complete(resolution)) {
            var late = new Entry(expires);
            late.resolution.complete(resolution);
            synchronized (entries) {
                entries.put(domain, late);
            }
        }
    }

    /** The most preferred host that somebody claims: a spam filter in front of the mailboxes is whom the mail is handed to. */
    private Resolution resolution(List<String> mxHosts) {
        for (String host : mxHosts) {
            MxHosts.Claim claim = hosts.claim(host);
            if (claim != null) {
                return new Resolution.ByMx(claim.provider(), host, claim.suffix());
            }
        }
        return new Resolution.Unclaimed(mxHosts.isEmpty() ? "no MX record" : "no provider claims MX host " + mxHosts.get(0));
    }

    private static Duration bounded(Duration timeToLive) {
        if (timeToLive.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return timeToLive.compareTo(LONGEST) > 0 ? LONGEST : timeToLive;
    }

    private static String text(Throwable fault) {
        Throwable cause = fault.getCause() == null ? fault : fault.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    private static final class Entry {
        private final CompletableFuture<Resolution> resolution = new CompletableFuture<>();
        private volatile Instant expires;

        private Entry(Instant expires) {
            this.expires = expires;
        }
    }
}
