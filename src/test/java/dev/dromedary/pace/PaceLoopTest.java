package dev.dromedary.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.Rate;
import dev.dromedary.pool.Choice;
import dev.dromedary.pool.Permit;
import dev.dromedary.pool.PoolBoard;
import dev.dromedary.pool.ScoreChooser;
import dev.dromedary.provider.BuiltInProviders;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The closed loop: a backlog without end, a pool, and a simulated provider that takes five a second and defers what is above it, hours of it on a clock of the test's own. */
class PaceLoopTest {
    private static final Duration STEP = Duration.ofMillis(10);
    private static final Duration TOOK = Duration.ofSeconds(1);
    private static final int CONNECTIONS = 20;

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private final Ticker ticker = () -> Duration.between(Instant.EPOCH, now).toNanos();
    private final Deque<Conversation> open = new ArrayDeque<>();
    private final List<PaceChange> changes = new ArrayList<>();
    private RateBucket hidden = new RateBucket(new Rate(300, Duration.ofMinutes(1)), ticker);
    private AdaptivePace pace;
    private PoolBoard board;
    private DromedaryConfig.DeliveryRoute route;
    private double window = CONNECTIONS;
    private int attempts;
    private int deferred;

    /** @param permit null where the pace under test is no pool's */
    private record Conversation(Instant end, boolean deferred, @Nullable Permit permit) {
    }

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("dromedary.yaml"), """
                pools: [{id: a, host: 127.0.0.1, port: 2526, tls: none, limits: {google: {max-connections: 20}}}]
                """);
        DromedaryConfig config = new ConfigLoader(BuiltInProviders.load()).load(folder, folder, Map.of());
        pace = new AdaptivePace(config, () -> now, ticker);
        pace.onChange(changes::add);
        board = new PoolBoard(config, pace, new ScoreChooser(new Random(7)), () -> now, ticker);
        route = config.routes().get(0);
    }

    @Test
    void aSmallPartIsDeferredWhereStepsOfOneDeferHalf() {
        double one = feedback(window -> 1);
        double nth = feedback(window -> 1 / window);
        reset();
        run(Duration.ofHours(6), () -> false);
        double ours = deferred / (double) attempts;
        double used = (attempts - deferred) / (5.0 * Duration.ofHours(6).toSeconds());
        System.out.printf("deferred above a hidden limit: steps of one %.1f %%, 1/N %.1f %%, adaptive pace %.2f %% at %.0f %% of the limit, %d changes%n",
                100 * one, 100 * nth, 100 * ours, 100 * used, changes.size());
        assertThat(ours).isLessThan(0.01).isLessThan(one / 10).isLessThan(nth / 10);
        assertThat(used).isGreaterThan(0.85);
    }

    @Test
    void aLimitThatFallsToATenthIsFollowedWithinMinutesAndOneThatRisesAgainWithinHours() {
        run(Duration.ofHours(2), () -> false);
        hidden = new RateBucket(new Rate(30, Duration.ofMinutes(1)), ticker);
        run(Duration.ofMinutes(10), () -> false);
        reset();
        run(Duration.ofHours(1), () -> false);
        assertThat(deferred / (double) attempts).isLessThan(0.1);
        assertThat(attempts - deferred).isGreaterThan(1_200);
        hidden = new RateBucket(new Rate(600, Duration.ofMinutes(1)), ticker);
        run(Duration.ofHours(4), () -> pace() > 5);
        assertThat(pace()).isGreaterThan(5);
    }

    @Test
    void whereNoMoreIsSentItIsFreeAgain() {
        run(Duration.ofHours(1), () -> false);
        assertThat(pace.of("a", "google")).isNotEqualTo(Ceiling.NONE);
        for (int i = 0; i < Duration.ofHours(4).toSeconds() / 5; i++) {
            pass(Duration.ofSeconds(5));
            pace.beat();
        }
        assertThat(pace.of("a", "google")).isSameAs(Ceiling.NONE);
        assertThat(changes.get(changes.size() - 1).kind()).isEqualTo(PaceChange.Kind.FREED);
    }

    private double pace() {
        return pace.of("a", "google").perSecond();
    }

    /** The pool at full speed, under its pace. */
    private void run(Duration time, BooleanSupplier done) {
        loop(time, done, () -> {
            while (board.choose(route, "google", Set.of()) instanceof Choice.Taken taken) {
                open.add(new Conversation(now.plus(TOOK), !hidden.tryTake(), taken.permit()));
            }
        }, conversation -> {
            conversation.permit().refused(TOOK, conversation.deferred());
            pace.learn(new Evidence("a", "google", "example.com", "news", null, conversation.deferred() ? Signal.DEFERRED : Signal.ACCEPTED, TOOK));
        });
    }

    /** Concurrency by feedback, as Postfix's scheduler has it. @return the share that was deferred */
    private double feedback(DoubleUnaryOperator step) {
        reset();
        window = CONNECTIONS;
        loop(Duration.ofHours(6), () -> false, () -> {
            while (open.size() < (int) window) {
                open.add(new Conversation(now.plus(TOOK), !hidden.tryTake(), null));
            }
        }, conversation -> {
            double change = step.applyAsDouble(window);
            window = Math.max(1, Math.min(CONNECTIONS, window + (conversation.deferred() ? -change : change)));
        });
        return deferred / (double) attempts;
    }

    private void loop(Duration time, BooleanSupplier done, Runnable begin, Consumer<Conversation> ended) {
        Instant end = now.plus(time);
        Instant beat = now;
        while (now.isBefore(end) && !done.getAsBoolean()) {
            while (!open.isEmpty() && !open.peek().end().isAfter(now)) {
                Conversation conversation = open.remove();
                attempts++;
                deferred += conversation.deferred() ? 1 : 0;
                ended.accept(conversation);
            }
            begin.run();
            if (!now.isBefore(beat)) {
                pace.beat();
                beat = now.plusSeconds(5);
            }
            pass(STEP);
        }
    }

    private void reset() {
        open.forEach(conversation -> {
            if (conversation.permit() != null) {
                conversation.permit().nothingSent();
            }
        });
        open.clear();
        attempts = 0;
        deferred = 0;
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
