package dev.dromedary.pool;

import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.IntConsumer;

/** How long learning, asking and choosing take, by one thread. Not a test: {@code mvn -o -q test-compile exec:java -Dexec.mainClass=...}, or with the class path of the tests. */
final class ChoiceMeasurement {
    private static final int TIMES = 2_000_000;
    private static final int ROUNDS = 4;

    private ChoiceMeasurement() {
    }

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("choice");
        var simulation = new ChoiceSimulation(folder, "explore: 2", "{id: a}", "{id: b}", "{id: c}");
        var accepted = new Evidence[64];
        for (int i = 0; i < accepted.length; i++) {
            accepted[i] = new Evidence("abc".substring(i % 3, i % 3 + 1), "google", "d" + i % 8 + ".example", "s" + i % 4, "c" + i % 16, Signal.ACCEPTED, Duration.ofMillis(100));
        }
        run("learn, accepted", i -> simulation.brain.learn(accepted[i & 63]), simulation);
        run("ceiling, nothing out", i -> simulation.brain.of("a", "google"), simulation);
        run("reputation", i -> simulation.brain.reputation().of("a", "google"), simulation);
        run("choose and end, three equal pools", i -> end(simulation), simulation);
        for (int i = 0; i < 1_000; i++) {
            simulation.brain.learn(new Evidence("a", "google", null, "s", null, Signal.DEFERRED, Duration.ZERO));
        }
        run("choose and end, one pool worse", i -> end(simulation), simulation);
        run("learn, deferred, and choose", i -> {
            simulation.brain.learn(new Evidence("a", "google", null, "s", null, Signal.DEFERRED, Duration.ZERO));
            end(simulation);
        }, simulation);
    }

    private static void end(ChoiceSimulation simulation) {
        ((Choice.Taken) simulation.board.choose(simulation.config.routes().get(0), "google", Set.of())).permit().delivered(Duration.ofMillis(50));
    }

    /** The clock goes on by a millisecond each time, so that what is made anew each second is part of it. */
    private static void run(String what, IntConsumer work, ChoiceSimulation simulation) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < TIMES; i++) {
                if (i % 100 == 0) {
                    simulation.now = simulation.now.plusMillis(100);
                }
                work.accept(i);
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) TIMES);
        }
        System.out.printf("%-40s %6.0f ns%n", what, best);
    }
}
