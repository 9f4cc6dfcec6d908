package dev.dromedary.warmup;

import dev.dromedary.pace.Ceiling;

/**
 * A warm-up as it stands, to be shown.
 *
 * @param allowance messages on this day
 * @param today     of all nodes, as far as this one knows
 */
public record WarmUpView(WarmUp state, long allowance, int stages, DayCount today, int nodes, Ceiling ceiling) {
}
