package dev.dromedary.rehearsal;

import java.util.Map;

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
 * @param deliveredByPool   messages that each pool got through
 */
public record Result(String scenario, String policy, long accepted, long delivered, double withinHour, int medianMinutes, int p99Minutes, long attempts, long deferrals,
        int blocks, long blockedAttempts, long repeatedAttempts, long duplicates, long bounced, long expired, long held, int longestRecovery, double meanRecovery,
        Map<String, Long> deliveredByPool) {
}
