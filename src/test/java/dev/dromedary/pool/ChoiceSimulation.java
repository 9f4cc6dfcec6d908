package dev.dromedary.pool;

import dev.dromedary.brain.Brain;
import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.pace.Ceilings;
import dev.dromedary.provider.BuiltInProviders;
import dev.dromedary.reputation.Signal;
import dev.dromedary.reputation.TestReputation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** Mail to Google through the board and the brain of production, what sets the pace left out, on a clock that goes on as fast as the test wants; some conversations are always under way. */
final class ChoiceSimulation {
    private static final int UNDER_WAY = 8;

    Instant now = Instant.parse("2026-03-01T00:00:00Z");
    final DromedaryConfig config;
    final Brain brain;
    final PoolBoard board;
    final Random random = new Random(11);
    /** What the server of each pool answers. */
    final Map<String, Function<Random, Signal>> answers = new HashMap<>();
    final Map<String, Duration> takes = new HashMap<>();
    Ceilings reactions = Ceilings.NONE;

    private record Running(Permit permit) {
    }

    /** @param choice the keys under {@code choice}; @param pools each as a mapping in YAML that begins with its id, a single letter */
    ChoiceSimulation(Path folder, String choice, String... pools) {
        var yaml = new StringBuilder("adaptive-pace: {enabled: false}\nwarm-up: {enabled: false}\nearly-warning: {enabled: false}\nchoice: {" + choice + "}\nproviders: {google: {max-connections: 1000, consumers: 3000}}\npools:\n");
        for (String pool : pools) {
            yaml.append("  - ").append(pool.replaceFirst("\\{", "{host: 127.0.0.1, port: 2526, tls: none, max-connections: 1000, ")).append('\n');
        }
        try {
            Files.writeString(folder.resolve("dromedary.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        config = new ConfigLoader(BuiltInProviders.load()).load(folder, folder, Map.of());
        brain = new Brain(config, (pool, provider) -> reactions.of(pool, provider), () -> now, this::nanos, new Random(7));
        board = new PoolBoard(config, brain, brain.chooser(), () -> now, this::nanos);
        brain.ejections().usable(board::usable);
    }

    private long nanos() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }

    /** @return how often each pool was taken */
    Map<String, Integer> send(int messages, Duration apart) {
        var taken = new HashMap<String, Integer>();
        Deque<Running> running = new ArrayDeque<>();
        for (int i = 0; i < messages; i++) {
            now = now.plus(apart);
            if (i % 50 == 0) {
                brain.beat();
            }
            if (board.choose(config.routes().get(0), "google", Set.of()) instanceof Choice.Taken one) {
                taken.merge(one.permit().pool(), 1, Integer::sum);
                running.add(new Running(one.permit()));
            } else {
                taken.merge("none", 1, Integer::sum);
            }
            if (running.size() > UNDER_WAY) {
                end(running.remove().permit());
            }
        }
        running.forEach(one -> end(one.permit()));
        return taken;
    }

    private void end(Permit permit) {
        Signal signal = answers.getOrDefault(permit.pool(), any -> Signal.ACCEPTED).apply(random);
        Duration took = takes.getOrDefault(permit.pool(), Duration.ofMillis(200));
        if (signal == Signal.ACCEPTED) {
            permit.delivered(took);
        } else {
            permit.refused(took, signal == Signal.DEFERRED || signal == Signal.BLOCKED);
        }
        brain.learn(TestReputation.evidence(permit.pool(), "google", signal));
    }

    /** Answers so with this probability, else the message is taken. */
    static Function<Random, Signal> sometimes(Signal signal, double probability) {
        return random -> random.nextDouble() < probability ? signal : Signal.ACCEPTED;
    }

    static Function<Random, Signal> always(Signal signal) {
        return random -> signal;
    }

    static int of(Map<String, Integer> taken, String pool) {
        return taken.getOrDefault(pool, 0);
    }

    List<Ejections.Ejected> out() {
        return brain.ejections().now();
    }
}
