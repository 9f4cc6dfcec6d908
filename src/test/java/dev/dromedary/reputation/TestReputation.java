package dev.dromedary.reputation;

import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.ReputationSettings;
import dev.dromedary.provider.BuiltInProviders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Settings and evidence for tests. */
public final class TestReputation {
    private TestReputation() {
    }

    /** The defaults. */
    public static ReputationSettings settings() {
        return config().brain().reputation();
    }

    static DromedaryConfig config() {
        return new ConfigLoader(BuiltInProviders.load()).load(Path.of("no such folder"), Path.of("data"), Map.of());
    }

    public static Evidence evidence(String pool, String provider, Signal signal) {
        return new Evidence(pool, provider, "shop.example", "news", "spring", signal, Duration.ofMillis(100));
    }
}
