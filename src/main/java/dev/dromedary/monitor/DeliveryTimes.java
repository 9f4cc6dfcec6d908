package dev.dromedary.monitor;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** From acceptance to delivery, as a histogram, so that percentiles can be drawn of any nodes together. Its steps go from a reset password to the end of the longest retry schedule. */
final class DeliveryTimes {
    private static final Duration[] STEPS = {
        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5),
        Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(4), Duration.ofHours(12), Duration.ofHours(24), Duration.ofHours(72)};

    private DeliveryTimes() {
    }

    static Timer.Builder of(String provider, String priority) {
        return Timer.builder("dromedary.time.to.delivery").tag("provider", provider).tag("priority", priority).description("Time from acceptance to delivery")
                .serviceLevelObjectives(STEPS);
    }
}
