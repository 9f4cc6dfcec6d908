package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.reputation.Reputation;
import dev.dromedary.reputation.ReputationBook;
import dev.dromedary.reputation.Subject;
import dev.dromedary.reputation.Subject.Kind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The call that shows reputations with their arithmetic. */
public final class ReputationApi {
    private static final int USUAL = 100;
    private static final int MOST = 10_000;

    private final ApiCall call;
    private final ReputationBook book;
    private final DromedaryConfig config;

    ReputationApi(ApiCall call, ReputationBook book, DromedaryConfig config) {
        this.call = call;
        this.book = book;
        this.config = config;
    }

    /** @throws RefusedException where the kind is none, or the pool or provider is not of the configuration */
    public void list(Exchange exchange) {
        Map<String, String> asked = call.open(exchange, "kind", "name", "pool", "provider", "limit");
        String pool = asked.get("pool");
        Kind kind = kind(asked.get("kind"), pool);
        String name = pool == null ? asked.get("name") : known("pool", pool, config.pools());
        String provider = asked.get("provider") == null ? null : known("provider", asked.get("provider"), config.providers());
        int limit = ApiCall.number(asked, "limit", USUAL, MOST);
        List<Map.Entry<Subject, Reputation>> found = book.all().stream().filter(one -> fits(one.getKey(), kind, name, provider))
                .sorted(Comparator.comparingDouble((Map.Entry<Subject, Reputation> one) -> one.getValue().score()).thenComparing(one -> one.getKey().toString())).toList();
        ApiCall.answer(exchange, 200, Map.of("reputations", found.stream().limit(limit).map(ReputationApi::shown).toList(), "total", found.size()));
    }

    private static @Nullable Kind kind(@Nullable String id, @Nullable String pool) {
        if (id == null) {
            return pool == null ? null : Kind.POOL;
        }
        Kind kind = Kind.ofId(id);
        if (kind == null || pool != null && kind != Kind.POOL) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "kind", id, pool != null ? "leave it out where a pool is asked for"
                    : "write one of " + Arrays.stream(Kind.values()).map(Kind::id).collect(Collectors.joining(", ")));
        }
        return kind;
    }

    private static String known(String what, String id, Map<String, ?> all) {
        if (!all.containsKey(id)) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, what, id, "write one of the configuration's: " + String.join(", ", all.keySet()));
        }
        return id;
    }

    private static boolean fits(Subject subject, @Nullable Kind kind, @Nullable String name, @Nullable String provider) {
        return (kind == null || kind == subject.kind()) && (name == null || name.equals(subject.name())) && (provider == null || provider.equals(subject.provider()));
    }

    private static Map<String, @Nullable Object> shown(Map.Entry<Subject, Reputation> one) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("kind", one.getKey().kind().id());
        out.put("name", one.getKey().name());
        out.put("provider", one.getKey().provider());
        ReputationJson.add(out, one.getValue());
        return out;
    }
}
