package dev.dromedary.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PoolHealthTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final PoolHealth health = new PoolHealth(3, Duration.ofSeconds(30));

    @Test
    void oneFailureDoesNotMakeAPoolUnhealthy() {
        health.unreachable(NOW, "refused");
        health.unreachable(NOW, "refused");
        assertThat(health.admits(NOW)).isTrue();
        health.unreachable(NOW, "refused");
        assertThat(health.admits(NOW)).isFalse();
        assertThat(health.lastFailure()).isEqualTo("refused");
    }

    @Test
    void aSuccessInBetweenStartsTheCountAgain() {
        health.unreachable(NOW, "refused");
        health.unreachable(NOW, "refused");
        health.reached(NOW);
        health.unreachable(NOW, "refused");
        assertThat(health.admits(NOW)).isTrue();
    }

    @Test
    void afterAWhileOneTrialAtATimeIsLetThroughUntilOneSucceeds() {
        for (int i = 0; i < 3; i++) {
            health.unreachable(NOW, "refused");
        }
        Instant later = NOW.plusSeconds(31);
        assertThat(health.admits(later)).isTrue();
        health.started(later);
        assertThat(health.admits(later)).isFalse();
        health.unreachable(later, "still refused");
        assertThat(health.admits(later.plusSeconds(29))).isFalse();
        Instant again = later.plusSeconds(31);
        health.started(again);
        health.reached(again);
        assertThat(health.state(again)).isEqualTo(PoolHealth.State.HEALTHY);
    }
}
