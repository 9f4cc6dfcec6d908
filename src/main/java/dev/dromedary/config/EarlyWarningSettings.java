package dev.dromedary.config;

import java.time.Duration;
import java.util.List;

/**
 * When a decline counts, and what is done before a block.
 *
 * @param protect           whether a pool's share is cut
 * @param history           that a series is compared with
 * @param deferralThreshold share of attempts from which a provider is taken to block, as is {@code blockThreshold} for refusals of the pool
 * @param horizon           how far ahead a trend counts
 * @param falseAlarms       a day that are put up with, over all series
 * @param steps             shares of the usual volume, going down
 * @param lastPoolFloor     share below which the last uncut pool is never cut
 */
public record EarlyWarningSettings(boolean enabled, boolean protect, Duration history, double deferralThreshold, double blockThreshold, Duration horizon,
        double falseAlarms, List<Double> steps, Duration stepEvery, Duration calm, Duration recoverEvery, double lastPoolFloor) {
}
