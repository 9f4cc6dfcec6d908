package dev.dromedary.engagement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.engagement.Engagement.Standing;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EngagementTest {
    private static final Instant DELIVERED = Instant.parse("2026-11-02T09:00:00Z");

    @Test
    void whatComesWithinAMinuteOfDeliveryOrBeforeItIsAMachines() {
        assertThat(standing(EngagementKind.OPEN, 59, false, DELIVERED)).isEqualTo(Standing.MACHINE);
        assertThat(standing(EngagementKind.CLICK, 3, false, DELIVERED)).isEqualTo(Standing.MACHINE);
        assertThat(standing(EngagementKind.OPEN, -5, false, DELIVERED)).isEqualTo(Standing.MACHINE);
        assertThat(standing(EngagementKind.OPEN, 3_600, false, null)).as("not delivered yet").isEqualTo(Standing.MACHINE);
        assertThat(standing(EngagementKind.OPEN, 60, false, DELIVERED)).isEqualTo(Standing.COUNTED);
        assertThat(standing(EngagementKind.REPLY, 3, false, DELIVERED)).as("no machine writes one").isEqualTo(Standing.COUNTED);
    }

    @Test
    void whatIsSaidToBeAMachinesIs() {
        assertThat(standing(EngagementKind.OPEN, 3_600, true, DELIVERED)).isEqualTo(Standing.MACHINE);
        assertThat(standing(EngagementKind.REPLY, 3_600, true, DELIVERED)).as("an out-of-office note").isEqualTo(Standing.MACHINE);
    }

    @Test
    void anUnsubscriptionSaysNothingOfHours() {
        assertThat(standing(EngagementKind.UNSUBSCRIBE, 3_600, false, DELIVERED)).isEqualTo(Standing.NO_EVIDENCE);
    }

    @Test
    void evidenceFadesByHalfInItsHalfLifeAlsoWhereItComesLate() {
        Duration halfLife = Duration.ofDays(60);
        Hours hours = Hours.NONE.plus(DELIVERED, 1, halfLife);
        assertThat(hours.faded(DELIVERED.plus(halfLife), halfLife).weight()).isEqualTo(0.5);
        assertThat(hours.plus(DELIVERED.minus(halfLife), 1, halfLife).weight()).isEqualTo(1.5);
        assertThat(hours.plus(DELIVERED.plus(halfLife), 1, halfLife).weight()).isEqualTo(1.5);
    }

    private static Standing standing(EngagementKind kind, int seconds, boolean machine, @Nullable Instant delivered) {
        return new Engagement(kind, "ann@example.com", "m", "other", "news", DELIVERED.plusSeconds(seconds), machine, true, delivered)
                .standing(Duration.ofMinutes(1), DELIVERED.minus(Duration.ofDays(180)));
    }
}
