package dev.dromedary.config;

import dev.dromedary.config.DromedaryConfig.Dsn;
import dev.dromedary.config.DromedaryConfig.Retry;
import dev.dromedary.config.DromedaryConfig.Stream;
import dev.dromedary.config.Schedules.Scope;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes retry, streams and reports from settings. */
final class RetryBinder {
    private RetryBinder() {
    }

    static Retry retry(Settings root) {
        Settings retry = root.section("retry");
        return new Retry(retry.duration("initial"), retry.decimal("factor"), retry.duration("max"), retry.decimal("jitter"), retry.duration("max-age"),
                retry.number("max-retries"), schedules(root));
    }

    private static Schedules schedules(Settings root) {
        Map<Scope, Waits> given = new LinkedHashMap<>();
        read(root.section("retry"), null, given);
        root.items("providers").forEach(provider -> read(provider.section("retry"), provider.name(), given));
        return new Schedules(given);
    }

    private static void read(Settings retry, @Nullable String provider, Map<Scope, Waits> given) {
        put(given, new Scope(provider, null), retry.optional("schedule", Waits.class));
        Settings byCategory = retry.section("by-category");
        RetrySchema.CATEGORIES.forEach(category -> put(given, new Scope(provider, category), byCategory.optional(category, Waits.class)));
    }

    private static void put(Map<Scope, Waits> given, Scope scope, @Nullable Waits waits) {
        if (waits != null) {
            given.put(scope, waits);
        }
    }

    static Map<String, Stream> streams(Settings root) {
        Map<String, Stream> streams = new LinkedHashMap<>();
        for (Settings stream : root.items("streams")) {
            streams.put(stream.name(), new Stream(stream.list("send-window", SendWindow.class), stream.optional("max-age", Duration.class)));
        }
        return Collections.unmodifiableMap(streams);
    }

    static Dsn dsn(Settings dsn) {
        String mta = dsn.text("reporting-mta");
        String from = dsn.optional("from", String.class);
        return new Dsn(Set.copyOf(dsn.list("streams", String.class)), from == null ? "Mail Delivery System <mailer-daemon@" + mta + ">" : from, mta);
    }
}
