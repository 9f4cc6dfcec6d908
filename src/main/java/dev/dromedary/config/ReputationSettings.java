package dev.dromedary.config;

import java.time.Duration;

/**
 * What is remembered of attempts and complaints, and how much of it says something.
 *
 * @param confidence  of the bounds, 0 to 1, such as 0.95
 * @param unproven    score of what nothing is known of, 0 to 1
 * @param provenAfter accepted messages that take away half of what {@code unproven} is short of 1
 * @param subjects    the most that are kept, of all kinds together
 */
public record ReputationSettings(boolean enabled, Part deferral, Part block, Part hardBounce, Part complaint, double confidence, double unproven, int provenAfter,
        int subjects) {

    /**
     * One way to lose reputation.
     *
     * @param halfLife  in which the evidence, attempts included, loses half of its weight
     * @param tolerance share of the attempts that costs nothing, 0 to 1
     * @param limit     share from which it costs all that it can, 0 to 1; above the tolerance
     * @param weight    share of the score that is lost at the limit, 0 to 1
     * @param floor     fewer attempts are taken for so many, the rest of them good
     * @param memory    the most attempts that are remembered; older ones give way
     */
    public record Part(Duration halfLife, double tolerance, double limit, double weight, int floor, int memory) {
    }
}
