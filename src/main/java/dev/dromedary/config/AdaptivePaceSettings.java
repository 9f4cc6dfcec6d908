package dev.dromedary.config;

import java.time.Duration;

/**
 * How the pace of each pool towards each provider follows what the provider answers.
 *
 * @param tolerance  per cent of attempts that may be deferred or blocked
 * @param evidence   so many deferred or blocked attempts say something
 * @param cut        what is left of the pace after a cut, over 0 and under 1
 * @param cutBlocked the same where most of the evidence are blocks
 * @param cutEvery   from one cut to the next at the least
 * @param raiseBy    per cent of the pace by which it is raised
 * @param raiseEvery from one raise to the next, up to what the provider last took
 * @param probeEvery from the last cut until more than that is tried
 * @param floor      it is never cut below this
 * @param includeOther whether it also holds for the domains that no provider claims, taken together
 */
public record AdaptivePaceSettings(boolean enabled, int tolerance, int evidence, double cut, double cutBlocked, Duration cutEvery, int raiseBy, Duration raiseEvery,
        Duration probeEvery, Rate floor, boolean includeOther) {
}
