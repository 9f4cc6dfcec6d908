package dev.dromedary.camel;

import dev.dromedary.engagement.Hours;
import dev.dromedary.engagement.Known;
import dev.dromedary.engagement.SendTime;
import dev.dromedary.engagement.SendTimePolicy;
import dev.dromedary.ingress.SendTimes;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.provider.ProviderDirectory;
import dev.dromedary.retry.SendWindows;
import dev.dromedary.store.EngagementStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Picks send times from what the database knows. Where it is away, mail goes at once: accepting waits for no database. Safe for use by many threads. */
final class BestHours implements SendTimes {
    private static final Logger LOG = LoggerFactory.getLogger(BestHours.class);
    private static final Duration GROUPS_FRESH = Duration.ofMinutes(1);
    private static final Duration SHOWN_WITHIN = Duration.ofHours(24);

    private final EngagementStore store;
    private final SendTimePolicy policy;
    private final boolean enabled;
    private final ProviderDirectory providers;
    private final SendWindows windows;
    private final Counter held;
    private final Counter now;
    private final InstantSource clock;
    private volatile Groups groups = new Groups(Instant.MIN, Map.of());
    private volatile boolean away;

    private record Groups(Instant at, Map<String, Hours> hours) {
        Hours of(String name) {
            return hours.getOrDefault(name, Hours.NONE);
        }
    }

    /** @param enabled whether it is used at all */
    BestHours(EngagementStore store, SendTimePolicy policy, boolean enabled, ProviderDirectory providers, SendWindows windows, MeterRegistry registry, InstantSource clock) {
        this.store = store;
        this.policy = policy;
        this.enabled = enabled;
        this.providers = providers;
        this.windows = windows;
        this.held = counter(registry, "held");
        this.now = counter(registry, "now");
        this.clock = clock;
    }

    private static Counter counter(MeterRegistry registry, String result) {
        return Counter.builder("dromedary.send.time").description("Recipients of mail that asked for its best hour, by whether it waits").tag("result", result).register(registry);
    }

    @Override
    public Map<EmailAddress, SendTime> choose(List<EmailAddress> to, String stream, Instant from, Instant until) {
        Map<EmailAddress, SendTime> chosen = picked(to, stream, from, until);
        chosen.values().forEach(time -> (time.held() ? held : now).increment());
        return chosen;
    }

    private Map<EmailAddress, SendTime> picked(List<EmailAddress> to, String stream, Instant from, Instant until) {
        var chosen = new HashMap<EmailAddress, SendTime>();
        if (!enabled) {
            to.forEach(one -> chosen.put(one, new SendTime(from, false, "not held: engagement.enabled is false")));
            return chosen;
        }
        try {
            known(to, stream).forEach((one, known) -> chosen.put(one, policy.choose(known, stream, from, until, at -> windows.opening(stream, at))));
            away = false;
        } catch (SQLException e) {
            if (!away) {
                LOG.warn("[SEND_TIME_UNKNOWN] database: {}; mail that asks for its best hour goes at once until it is back", e.getMessage());
            }
            away = true;
            to.forEach(one -> chosen.put(one, new SendTime(from, false, "not held: the database did not answer")));
        }
        return chosen;
    }

    /** What would be picked now, for people. */
    Map<String, @Nullable Object> shown(EmailAddress to, String stream) {
        Instant now = clock.instant();
        SendTime time = picked(List.of(to), stream, windows.opening(stream, now), now.plus(SHOWN_WITHIN)).getOrDefault(to, new SendTime(now, false, ""));
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("at", time.at());
        out.put("held", time.held());
        out.put("why", time.why());
        return out;
    }

    String habit(EmailAddress to, String stream) throws SQLException {
        return policy.habit(known(List.of(to), stream).getOrDefault(to, Known.NOTHING), stream);
    }

    private Map<EmailAddress, Known> known(List<EmailAddress> to, String stream) throws SQLException {
        Groups all = fresh();
        Map<String, Hours> own = store.recipients(to.stream().map(EmailAddress::toString).toList());
        var known = new HashMap<EmailAddress, Known>();
        for (EmailAddress one : to) {
            known.put(one, new Known(own.getOrDefault(one.toString(), Hours.NONE), all.of("stream/" + stream), all.of("provider/" + providers.providerOf(one.domain())), all.of("all/")));
        }
        return known;
    }

    private Groups fresh() throws SQLException {
        Instant now = clock.instant();
        Groups last = groups;
        if (last.at.isAfter(now.minus(GROUPS_FRESH))) {
            return last;
        }
        Groups read = new Groups(now, store.groups());
        groups = read;
        return read;
    }
}
