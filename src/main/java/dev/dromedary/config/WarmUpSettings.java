package dev.dromedary.config;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How new pools are brought to volume.
 *
 * @param stages      messages a day and source address to a provider, ascending
 * @param delivered   per cent of the stage and of what was sent that must be delivered for the next stage
 * @param deferred    per cent of what was sent that may be deferred
 * @param blocked     per cent of what was sent that may be blocked; more is a step back
 * @param complaints  per cent of what was delivered that may be complained of; more is a step back
 * @param evidence    so many blocks, or complaints, say something
 * @param spread      the volume of a day takes at least this long, half of it late in the day
 * @param stalledDays after so many days in a row that did not suffice it is held
 * @param idleDays    after so many days in a row without mail it starts again
 * @param pools       which are warming, by id
 */
public record WarmUpSettings(boolean enabled, List<Integer> stages, int delivered, int deferred, double blocked, double complaints, int evidence, Duration spread, int stalledDays,
        int idleDays, Map<String, Plan> pools) {

    /** @param from its first day @param stage that it begins at @param providers ids; empty for all */
    public record Plan(LocalDate from, int stage, Set<String> providers) {
        public boolean covers(String provider) {
            return providers.isEmpty() || providers.contains(provider);
        }
    }
}
