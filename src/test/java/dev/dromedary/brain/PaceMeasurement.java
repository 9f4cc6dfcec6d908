package dev.dromedary.brain;

import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.pace.AdaptivePace;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.provider.BuiltInProviders;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Signal;
import dev.dromedary.warmup.WarmUps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What pace and warm-up cost a message: {@code mvn -o -q test -Dtest=PaceMeasurement}. */
class PaceMeasurement {
    private static final int TIMES = 5_000_000;

    @Test
    void printsNanosecondsACall() throws Exception {
        Path folder = Files.createTempDirectory("pace");
        Files.writeString(folder.resolve("dromedary.yaml"), """
                warm-up: {pools: {fresh: {from: 2026-01-01, stage: 29}}}
                pools:
                  - {id: fresh, host: 127.0.0.1, port: 2526, tls: none}
                  - {id: warm, host: 127.0.0.1, port: 2526, tls: none}
                """);
        DromedaryConfig config = new ConfigLoader(BuiltInProviders.load()).load(folder, folder, Map.of());
        var pace = new AdaptivePace(config, Clock.systemUTC(), System::nanoTime);
        var warmUps = new WarmUps(config, Clock.systemUTC());
        for (int round = 0; round < 3; round++) {
            for (String pool : new String[] {"warm", "fresh"}) {
                var evidence = new Evidence(pool, "google", "example.com", "news", null, Signal.ACCEPTED, Duration.ofMillis(5));
                time("AdaptivePace.learn " + pool, () -> pace.learn(evidence));
                time("WarmUps.learn " + pool, () -> warmUps.learn(evidence));
                time("both of " + pool, () -> consume(pace.of(pool, "google").and(warmUps.of(pool, "google"))));
            }
        }
    }

    private static void consume(Ceiling ceiling) {
        if (ceiling.perSecond() < 0) {
            throw new IllegalStateException(ceiling.why());
        }
    }

    private static void time(String what, Runnable call) {
        long start = System.nanoTime();
        for (int i = 0; i < TIMES; i++) {
            call.run();
        }
        System.out.printf("%s: %d ns%n", what, (System.nanoTime() - start) / TIMES);
    }
}
