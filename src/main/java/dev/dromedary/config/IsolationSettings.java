package dev.dromedary.config;

import java.time.Duration;

/**
 * What keeps bad mail from harming the good.
 *
 * @param enabled       whether campaigns are paused by themselves
 * @param streams       whether streams are too, as {@code senders} says of senders' domains
 * @param floor         messages with an outcome before a share counts; of a stream or sender ten times as many
 * @param bounceLimit   share of unknown recipients, as is {@code blockLimit} of refusals as spam or for the pool's sake
 * @param complaintLimit share of accepted messages, counted from {@code complaintFloor} of them
 * @param confidence    with which the share has to be above its limit
 * @param hold          how long the pause lasts unless a person ends it
 * @param window        after which counting begins anew
 */
public record IsolationSettings(boolean enabled, boolean streams, boolean senders, int floor, double bounceLimit, double blockLimit, double complaintLimit, int complaintFloor,
        double confidence, Duration hold, Duration window, boolean content) {
}
