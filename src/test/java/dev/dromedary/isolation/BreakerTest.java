package dev.dromedary.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.IsolationSettings;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final IsolationSettings LIMITS = new IsolationSettings(true, true, true, 100, 0.05, 0.05, 0.003, 1_000, 0.995, Duration.ofDays(1), Duration.ofDays(1), true);

    private Instant now = Instant.parse("2026-03-02T09:00:00Z");
    private final List<Trip> trips = new ArrayList<>();
    private final Breaker breaker = breaker();

    private Breaker breaker() {
        var fresh = new Breaker(LIMITS, () -> now);
        fresh.onTrip(trips::add);
        return fresh;
    }

    @Test
    void aBoughtListStopsWithinTheFirstFewHundredMessagesAndSaysWhy() {
        List<Integer> stops = new ArrayList<>();
        for (int seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            var campaign = new Breaker(LIMITS, () -> now);
            trips.clear();
            campaign.onTrip(trips::add);
            int sent = 0;
            while (trips.isEmpty() && sent < 5_000) {
                campaign.learn(of("spring", random.nextDouble() < 0.12 ? Signal.HARD_BOUNCE : Signal.ACCEPTED));
                sent++;
            }
            stops.add(sent);
            assertThat(trips).hasSize(1);
        }
        stops.sort(null);
        System.out.printf("a list of 12 %% unknown recipients stops after %d messages in the middle, %d at the most (50 seeds)%n", stops.get(25), stops.get(49));
        assertThat(stops.get(25)).isLessThan(250);
        assertThat(stops.get(49)).isLessThan(900);
        assertThat(trips.get(0).reason()).matches("paused: \\d+ of \\d+ recipients unknown \\([0-9.]+ %, at least [0-9.]+ %\\), limit 5 %");
    }

    @Test
    void aListWithinItsLimitIsLeftAloneHoweverLongItIs() {
        for (int seed = 1; seed <= 30; seed++) {
            Random random = new Random(seed);
            for (int i = 0; i < 20_000; i++) {
                breaker.learn(of("clean" + seed, random.nextDouble() < 0.03 ? Signal.HARD_BOUNCE : random.nextDouble() < 0.01 ? Signal.BLOCKED : Signal.ACCEPTED));
            }
        }
        assertThat(trips).isEmpty();
    }

    @Test
    void complaintsCountFromTheirFloorAndOnlyWhenTheyAreAboveTheLimitForCertain() {
        counted(1_000, Signal.ACCEPTED);
        counted(4, Signal.COMPLAINT);
        assertThat(trips).as("4 in 1,000 may well be 2").isEmpty();
        counted(12, Signal.COMPLAINT);
        assertThat(trips).extracting(Trip::kind).containsExactly(Trip.Kind.CAMPAIGN, Trip.Kind.STREAM, Trip.Kind.SENDER);
        assertThat(trips.get(0).reason()).contains("recipients complained").endsWith("limit 0.3 %");
    }

    @Test
    void whatPutsMailOffOrSaysNothingOfTheSenderDoesNotCount() {
        counted(5_000, Signal.DEFERRED);
        counted(5_000, Signal.NEUTRAL);
        counted(99, Signal.HARD_BOUNCE);
        assertThat(trips).isEmpty();
        counted(1, Signal.HARD_BOUNCE);
        assertThat(trips).hasSize(1);
    }

    @Test
    void itIsNotPausedAgainOnTheSameEvidenceOnceAPersonLetItGoOn() {
        counted(100, Signal.BLOCKED);
        assertThat(trips).hasSize(1);
        Trip trip = breaker.unpaused().get(0);
        breaker.paused(trip);
        assertThat(breaker.unpaused()).isEmpty();
        breaker.mended(any -> true);
        counted(50, Signal.BLOCKED);
        assertThat(trips).as("while it is paused, what was under way does not count").hasSize(1);

        breaker.mended(any -> false);
        counted(99, Signal.BLOCKED);
        assertThat(trips).hasSize(1);
        counted(1, Signal.BLOCKED);
        assertThat(trips).as("fresh evidence").hasSize(2);
    }

    @Test
    void noMoreAreCountedThanFit() {
        for (int i = 0; i < 3 * Breaker.MOST; i++) {
            breaker.learn(of("campaign" + i, Signal.ACCEPTED));
        }
        counted(100, Signal.HARD_BOUNCE);
        assertThat(trips).isNotEmpty();
    }

    @Test
    void whatIsOlderThanTheWindowIsForgotten() {
        counted(90, Signal.HARD_BOUNCE);
        now = now.plus(Duration.ofDays(1)).plusSeconds(60);
        breaker.beat();
        counted(90, Signal.HARD_BOUNCE);
        assertThat(trips).isEmpty();
    }

    private void counted(int times, Signal signal) {
        for (int i = 0; i < times; i++) {
            breaker.learn(of("spring", signal));
        }
    }

    private static Evidence of(String campaign, Signal signal) {
        return new Evidence("a", "google", "example.com", "news", campaign, signal, Duration.ofMillis(100));
    }
}
