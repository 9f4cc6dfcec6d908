package dev.dromedary.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.outcome.SmtpReplyParser;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.provider.BuiltInProviders;
import dev.dromedary.reaction.ReactionBook;
import dev.dromedary.reaction.ReactionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice of a pool while reactions hold pools back, on a clock of the test's own. */
class HeldBackPoolsTest {
    private static final Duration QUICK = Duration.ofMillis(10);

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private DromedaryConfig config;
    private PoolBoard board;
    private ReactionBook book;
    private DromedaryConfig.DeliveryRoute both;
    private DromedaryConfig.DeliveryRoute onlyA;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("dromedary.yaml"), """
                pools:
                  - {id: a, host: 127.0.0.1, port: 2526, tls: none, limits: {yahoo: {rate: 600/min}}}
                  - {id: b, host: 127.0.0.1, port: 2526, tls: none}
                delivery-routes:
                  - {id: both, recipients: ["*"], pools: [a, b]}
                  - {id: only-a, recipients: [x.test], pools: [a]}
                """);
        Path rules = Files.writeString(folder.resolve("rules.yaml"), """
                rules:
                  - {id: stop, regex: stop, action: suspend, for: 10m, recovery: [1 connection@5m, 50%@5m], source: t}
                  - {id: cut, regex: cut, action: rate x0.5, for: 10m, recovery: [75%@10m], source: t}
                  - {id: slow, regex: slow, action: rate 1/min, for: 10m, source: t}
                  - {id: one, regex: single, action: connections 1, for: 10m, recovery: [50%@10m], source: t}
                  - {id: drop, regex: drop, action: bounce, for: 10m, source: t}
                """);
        config = new ConfigLoader(BuiltInProviders.load()).load(folder, folder, Map.of());
        book = new ReactionBook(ReactionRules.load(rules), config.pools().keySet(), (pool, provider) -> board.usualRate(pool, provider), () -> now, one -> { });
        board = new PoolBoard(config, book, new ScoreChooser(new Random(7)), () -> now, () -> Duration.between(Instant.EPOCH, now).toNanos());
        both = config.routes().get(0);
        onlyA = config.routes().get(1);
    }

    @Test
    void aSuspendedPoolIsPassedOverForItsProviderOnly() {
        refused("a", "google", "421 stop");
        for (int i = 0; i < 5; i++) {
            assertThat(taken(both, "google").pool()).isEqualTo("b");
        }
        assertThat(taken(onlyA, "yahoo").pool()).isEqualTo("a");
    }

    @Test
    void whereEveryPoolIsSuspendedItSaysWhyAndForHowLong() {
        refused("a", "google", "421 stop it");
        pass(Duration.ofMinutes(1));
        refused("b", "google", "421 stop");
        assertThat(board.choose(both, "google", Set.of())).isInstanceOfSatisfying(Choice.Halted.class, halted -> {
            assertThat(halted.untilOpen()).isEqualTo(Duration.ofMinutes(9));
            assertThat(halted.bounces()).isFalse();
            assertThat(halted.why()).contains("pool a to google: suspend by rule stop until 2026-03-01T00:10:00Z: 421 stop it");
        });
        assertThat(board.view("a", "google").binding()).contains("by rule stop until");
        assertThat(board.view("a", "yahoo").binding()).isNull();
    }

    @Test
    void aPoolThatWasTriedAndIsSuspendedSinceIsExhausted() {
        refused("a", "google", "421 stop");
        assertThat(board.choose(onlyA, "google", Set.of("a"))).isInstanceOf(Choice.Exhausted.class);
    }

    @Test
    void afterASuspensionOneConnectionThenHalfOfThemThenAll() {
        taken(onlyA, "google").delivered(QUICK);
        refused("a", "google", "421 stop");
        pass(Duration.ofMinutes(10));
        Permit first = taken(onlyA, "google");
        assertThat(full("google").binding()).contains("pool a to google: 1 connection, which is in use").contains("by rule stop until");
        first.delivered(QUICK);
        taken(onlyA, "google").delivered(QUICK);
        pass(Duration.ofMinutes(5));
        for (int i = 0; i < 3; i++) {
            taken(onlyA, "google");
            pass(Duration.ofMinutes(1));
        }
        assertThat(full("google").binding()).contains("3 connections, all in use");
        pass(Duration.ofMinutes(2));
        taken(onlyA, "google");
        taken(onlyA, "google");
        assertThat(full("google").binding()).isEqualTo("pool a to google: all 5 connections are in use");
    }

    @Test
    void aCutIsHalfOfTheConfiguredRateAndSmooth() {
        refused("a", "yahoo", "421 cut");
        assertThat(rateOver(Duration.ofSeconds(20), "yahoo")).isCloseTo(5, within(0.3));
        pass(Duration.ofMinutes(10));
        assertThat(rateOver(Duration.ofSeconds(20), "yahoo")).isCloseTo(7.5, within(0.5));
        pass(Duration.ofMinutes(10));
        assertThat(rateOver(Duration.ofSeconds(20), "yahoo")).isCloseTo(10, within(0.6));
    }

    @Test
    void withoutAConfiguredRateACutIsOfWhatWasSentLately() {
        for (int i = 0; i < 1_200; i++) {
            taken(onlyA, "google").delivered(QUICK);
            pass(Duration.ofMillis(50));
        }
        assertThat(board.usualRate("a", "google")).isCloseTo(20, within(1.0));
        refused("a", "google", "421 cut");
        assertThat(rateOver(Duration.ofSeconds(20), "google")).isCloseTo(10, within(1.0));
        assertThat(taken(both, "yahoo")).isNotNull();
    }

    @Test
    void aLimitOfOneAMinuteSaysWhenTheNextMayGo() {
        refused("a", "google", "421 slow");
        taken(onlyA, "google").delivered(QUICK);
        assertThat(full("google").untilRoom()).isEqualTo(Duration.ofMinutes(1));
        assertThat(full("google").binding()).contains("pool a to google: rate of 1/min (rate 1/min by rule slow until 2026-03-01T00:10:00Z: 421 slow)");
    }

    @Test
    void aPermitForWhichNothingWasSentGivesItsShareOfACutBack() {
        refused("a", "google", "421 slow");
        taken(onlyA, "google").nothingSent();
        taken(onlyA, "google").delivered(QUICK);
        assertThat(board.choose(onlyA, "google", Set.of())).isInstanceOf(Choice.Full.class);
    }

    @Test
    void mailIsGivenUpOnlyWhereNoOtherPoolMayTakeIt() {
        refused("a", "google", "550 drop");
        assertThat(taken(both, "google").pool()).isEqualTo("b");
        assertThat(board.choose(onlyA, "google", Set.of())).isInstanceOfSatisfying(Choice.Halted.class, halted -> assertThat(halted.bounces()).isTrue());
        refused("b", "google", "421 stop");
        assertThat(board.choose(both, "google", Set.of())).isInstanceOfSatisfying(Choice.Halted.class, halted -> assertThat(halted.bounces()).isFalse());
    }

    @Test
    void aRateThatChangesAgainAndAgainGivesNothingAway() {
        Ceiling[] ceiling = {Ceiling.NONE};
        board = new PoolBoard(config, (pool, provider) -> ceiling[0], new ScoreChooser(new Random(7)), () -> now, () -> Duration.between(Instant.EPOCH, now).toNanos());
        int sent = 0;
        for (int i = 0; i < 1_000; i++) {
            ceiling[0] = new Ceiling(null, 10 + i % 2, Integer.MAX_VALUE, 1, Integer.MAX_VALUE, "test");
            while (board.choose(onlyA, "google", Set.of()) instanceof Choice.Taken taken) {
                taken.permit().delivered(QUICK);
                sent++;
            }
            pass(Duration.ofMillis(10));
        }
        assertThat(sent).isBetween(105, 120);
    }

    @Test
    void ratesOfLessThanOneAnHourSurvive() {
        assertThat(HeldBack.rate(1.5 / 3600)).hasToString("36/day");
        assertThat(HeldBack.rate(0.25 / 3600)).hasToString("6/day");
        assertThat(HeldBack.rate(6 / 3600.0)).hasToString("6/h");
        assertThat(HeldBack.rate(1 / 60.0)).hasToString("1/min");
        assertThat(HeldBack.rate(42.3 / 60)).hasToString("2538/h");
        assertThat(HeldBack.rate(1e-9)).hasToString("1/day");
    }

    /** Messages a second that get through where each takes no time. */
    private double rateOver(Duration time, String provider) {
        Instant end = now.plus(time);
        int sent = 0;
        while (now.isBefore(end)) {
            if (board.choose(onlyA, provider, Set.of()) instanceof Choice.Taken taken) {
                taken.permit().delivered(QUICK);
                sent++;
            } else {
                pass(Duration.ofMillis(10));
            }
        }
        return sent / (double) time.toSeconds();
    }

    private void refused(String pool, String provider, String text) {
        SmtpReply reply = SmtpReplyParser.parse(text);
        book.refused(pool, provider, reply, ReplyClassifier.withBuiltInRules().classify(reply, provider));
    }

    private Choice.Full full(String provider) {
        return (Choice.Full) board.choose(onlyA, provider, Set.of());
    }

    private Permit taken(DromedaryConfig.DeliveryRoute route, String provider) {
        return ((Choice.Taken) board.choose(route, provider, Set.of())).permit();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
