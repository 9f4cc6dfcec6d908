package dev.dromedary.config;

import java.time.Duration;

/**
 * How a pool is taken among those with room.
 *
 * @param explore        share of the mail, 0 to 1, that pools get which trust alone would pass over; those distrusted get no more than this together
 * @param distrustedBelow score, 0 to 1, below which a pool gets no more than its part of {@code explore} while another of the route is above
 * @param equalWithin    difference of trust, 0 to 1, within which time and load decide
 * @param timeHalfLife   in which conversations lose half of their weight in a pool's time
 * @param failureCosts   what a refused attempt counts as in time
 */
public record ChoiceSettings(boolean enabled, double explore, double distrustedBelow, double equalWithin, Duration timeHalfLife, Duration failureCosts, Ejection ejection) {

    /**
     * When a pool is taken out towards a provider that blocks it, and for how long.
     *
     * @param inARow    blocks one after the other; 0 for never
     * @param ratio     share of the attempts of a window, 0 to 1
     * @param volume    attempts from which the ratio counts
     * @param base      for the first time; each further one in a row lasts twice as long, up to {@code most}
     * @param slowStart in which it gets back from a tenth to all of its connections and weight
     */
    public record Ejection(boolean enabled, int inARow, double ratio, int volume, Duration window, Duration base, Duration most, Duration slowStart) {
    }
}
