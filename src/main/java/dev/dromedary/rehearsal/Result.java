package dev.dromedary.rehearsal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one policy made of one scenario.
 *
 * @param withinHour        share of the messages that could be delivered which were so within an hour, 0 to 1
 * @param medianMinutes     whole minutes to delivery, as is {@code p99Minutes}
 * @param deferrals         attempts that were told to come again
 * @param blocks            times that a provider's opinion of a pool sank to a block; scripted blocks are not counted
 * @param blockedAttempts   attempts refused while blocked
 * @param repeatedAttempts  beyond a message's first
 * @param duplicates        messages that a recipient got twice
 * @param held              under way at the end
 * @param longestRecovery   minutes from the end of a trouble until nearly nothing of the provider's mail was late
 * @param warnings          early warnings raised; under the policies that do not heed them, those that would have been
 * @param falseAlarmsADay   warnings of a pool that its provider had nothing against
 * @param leastLead         minutes from the first warning to the block, of the block with the shortest, 0 without a warning; null where there was no block
 * @param mostLead          of the block with the longest
 * @param deliveredByPool   messages that each pool got through
 * @param withinHourByProvider as {@code withinHour}
 */
public record Result(String scenario, String policy, long accepted, long delivered, double withinHour, int medianMinutes, int p99Minutes, long attempts, long deferrals,
        int blocks, long blockedAttempts, long repeatedAttempts, long duplicates, long bounced, long expired, long held, int longestRecovery, double meanRecovery,
        int warnings, double falseAlarmsADay, @Nullable Long leastLead, @Nullable Long mostLead, Map<String, Long> deliveredByPool, Map<String, Double> withinHourByProvider) {
}
