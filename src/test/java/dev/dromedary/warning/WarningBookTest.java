package dev.dromedary.warning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.pace.Ceilings;
import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a warning takes away, step by step, and gives back. Steps of 75, 50 and 25 %, ten minutes apart; calm after 15, and back every 15. */
class WarningBookTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    @TempDir
    Path folder;
    private Instant now = START;
    private WarningBook book;
    private Ceilings reactions = Ceilings.NONE;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("dromedary.yaml"), """
                pools:
                  - {id: a, host: 127.0.0.1, port: 2526, tls: none}
                  - {id: b, host: 127.0.0.1, port: 2526, tls: none}
                  - {id: alone, host: 127.0.0.1, port: 2526, tls: none}
                delivery-routes:
                  - {id: both, recipients: ["*"], pools: [a, b]}
                  - {id: single, recipients: [x.test], pools: [alone]}
                """);
        DromedaryConfig config = new ConfigLoader(BuiltInProviders.load()).load(folder, folder, Map.of());
        book = new WarningBook(config, (pool, provider) -> reactions.of(pool, provider));
    }

    @Test
    void volumeGoesDownInStepsWhileItGetsNoBetterAndComesBackInSteps() {
        assertThat(book.of("a", "google")).isSameAs(Ceiling.NONE);
        found("a", WarningKind.RISING_DEFERRALS);
        assertThat(share("a")).isCloseTo(0.75, within(1e-9));
        assertThat(book.of("a", "google").why()).contains("75 % of the usual by warning rising-deferrals-a-google-").contains("12 of 100");
        assertThat(book.of("a", "yahoo")).as("other providers are not touched").isSameAs(Ceiling.NONE);

        pass(9);
        found("a", WarningKind.RISING_DEFERRALS);
        assertThat(share("a")).as("not every minute").isCloseTo(0.75, within(1e-9));
        pass(1);
        found("a", WarningKind.RISING_DEFERRALS);
        assertThat(share("a")).isCloseTo(0.5, within(1e-9));
        for (int i = 0; i < 6; i++) {
            pass(10);
            found("a", WarningKind.RISING_DEFERRALS);
        }
        assertThat(share("a")).as("never to nothing").isCloseTo(0.25, within(1e-9));
        assertThat(book.open()).singleElement().satisfies(one -> assertThat(one.since()).isEqualTo(START));

        pass(14);
        assertThat(share("a")).isCloseTo(0.25, within(1e-9));
        pass(1);
        assertThat(share("a")).isCloseTo(0.5, within(1e-9));
        pass(15);
        assertThat(share("a")).isCloseTo(0.75, within(1e-9));
        pass(15);
        assertThat(book.of("a", "google")).isSameAs(Ceiling.NONE);
        assertThat(book.open()).isEmpty();
    }

    @Test
    void itGoesDownFromWhereItIsWhenItGetsWorseOnTheWayBack() {
        found("a", WarningKind.RISING_BLOCKS);
        pass(10);
        found("a", WarningKind.RISING_BLOCKS);
        pass(16);
        assertThat(share("a")).isCloseTo(0.75, within(1e-9));
        found("a", WarningKind.RISING_BLOCKS);
        assertThat(share("a")).isCloseTo(0.5, within(1e-9));
        found("a", WarningKind.RISING_BLOCKS);
        assertThat(share("a")).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void theLastUsablePoolKeepsItsFloor() {
        decline("a");
        assertThat(share("a")).isCloseTo(0.25, within(1e-9));
        decline("b");
        assertThat(share("b")).as("a is cut, so b is the last").isCloseTo(0.5, within(1e-9));
        decline("alone");
        assertThat(share("alone")).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aPoolThatAReactionSuspendsIsNoOtherPool() {
        var halt = new Ceiling(new Ceiling.Halt(now.plusSeconds(7_200), false, "421"), Double.POSITIVE_INFINITY, Integer.MAX_VALUE, 1, Integer.MAX_VALUE, "421");
        reactions = (pool, provider) -> pool.equals("b") ? halt : Ceiling.NONE;
        decline("a");
        assertThat(share("a")).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void slowRepliesAreShownButTakeNothingAway() {
        found("a", WarningKind.LATENCY);
        assertThat(book.open()).hasSize(1);
        assertThat(book.of("a", "google")).isSameAs(Ceiling.NONE);
        pass(15);
        assertThat(book.open()).isEmpty();
    }

    @Test
    void withoutAKnownRateConnectionsAreCut() {
        book.found("a", "google", finding(WarningKind.RISING_BLOCKS), Double.NaN, now);
        assertThat(book.of("a", "google").connectionShare()).isEqualTo(0.75);
        assertThat(book.of("a", "google").perSecond()).isInfinite();
    }

    @Test
    void anotherNodeThatReadsItComesToTheSameShare() {
        decline("a");
        List<Warning> stored = book.takeChanged();
        assertThat(book.takeChanged()).isEmpty();
        book.replace(List.of(), now);
        assertThat(book.open()).isEmpty();
        book.replace(stored, now);
        assertThat(share("a")).isCloseTo(0.25, within(1e-9));
        pass(15);
        assertThat(share("a")).isCloseTo(0.5, within(1e-9));

        String id = book.open().get(0).id();
        assertThat(book.end("other", now)).isNull();
        assertThat(book.end(id, now)).isNotNull();
        assertThat(book.of("a", "google")).isSameAs(Ceiling.NONE);
        assertThat(book.takeChanged()).singleElement().satisfies(one -> assertThat(one.over(book.steps(), now)).isTrue());
    }

    private void decline(String pool) {
        for (int i = 0; i < 8; i++) {
            found(pool, WarningKind.RISING_DEFERRALS);
            now = now.plus(Duration.ofMinutes(10));
        }
        now = now.minus(Duration.ofMinutes(10));
        for (Warning one : book.open()) {
            book.found(one.pool(), "google", finding(one.kind()), 10, now);
        }
    }

    private void found(String pool, WarningKind kind) {
        book.found(pool, "google", finding(kind), 10, now);
    }

    private static Finding finding(WarningKind kind) {
        return new Finding(kind, false, 12, 100, 0.01, null, "12 of 100");
    }

    private double share(String pool) {
        return book.of(pool, "google").perSecond() / 10;
    }

    private void pass(int minutes) {
        now = now.plus(Duration.ofMinutes(minutes));
        book.beat(now);
    }
}
