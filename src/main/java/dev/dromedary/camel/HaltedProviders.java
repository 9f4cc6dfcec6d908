package dev.dromedary.camel;

import dev.dromedary.alert.By;
import dev.dromedary.alert.Judged;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Topic;
import dev.dromedary.alert.Verdict;
import dev.dromedary.reaction.ActiveReaction;
import dev.dromedary.reaction.ReactionAction;
import dev.dromedary.store.ReactionStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Providers whose own words keep pools from sending to them for long. */
final class HaltedProviders {
    static final String RULE = "provider-halted";
    private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final Topic TOPIC = Topic.told(RULE, By.PROVIDER, "pools", List.of("See the answers, and until when: bin/dromedary reactions list",
            "Read what the provider wants, and ask it for mitigation where it blocks the address; what comes again says that it still does",
            "Once it is settled, end the halt: bin/dromedary reactions lift ID --reason TEXT"));

    private final ReactionStore store;
    private final Set<String> pools;
    private final Duration least;

    /** @param pools of the configuration; @param least how long a halt must be to be told of */
    HaltedProviders(ReactionStore store, Set<String> pools, Duration least) {
        this.store = store;
        this.pools = Set.copyOf(pools);
        this.least = least;
    }

    /** One verdict a provider, critical where no pool is left. */
    Judged look(Instant now) throws SQLException {
        Map<String, Map<String, ActiveReaction>> halts = new TreeMap<>();
        store.active(now).stream().filter(one -> pools.contains(one.pool()) && halts(one, now)).forEach(
                one -> halts.computeIfAbsent(one.provider(), key -> new TreeMap<>()).merge(one.pool(), one, (a, b) -> a.holdUntil().isBefore(b.holdUntil()) ? b : a));
        return new Judged(TOPIC, halts.entrySet().stream().map(one -> verdict(one.getKey(), one.getValue())).collect(Collectors.toList()));
    }

    private boolean halts(ActiveReaction one, Instant now) {
        return now.isBefore(one.holdUntil()) && (one.action() instanceof ReactionAction.Suspend || one.action() instanceof ReactionAction.Bounce)
                && Duration.between(one.start(), one.holdUntil()).compareTo(least) >= 0;
    }

    private Verdict verdict(String provider, Map<String, ActiveReaction> halts) {
        boolean all = halts.size() == pools.size();
        ActiveReaction last = halts.values().stream().max(Comparator.comparing(ActiveReaction::holdUntil)).orElseThrow();
        return Verdict.told(provider, all ? Severity.CRITICAL : Severity.WARNING, halts.size(), pools.size(),
                "%s: %s of %s halted by its own answers, %s until %s by rule %s: %s".formatted(provider, halts.size(), pools.size() == 1 ? "1 pool is" : pools.size() + " pools are",
                        last.pool(), UNTIL.format(last.holdUntil()), last.rule(), last.cause()));
    }
}
