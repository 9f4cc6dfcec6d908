package dev.dromedary.alert;

import dev.dromedary.history.Counts;
import dev.dromedary.history.Spread;

/**
 * What passed of one subject over a rule's window, of all nodes.
 *
 * @param seconds   that are known, of the window: 0 where no node took a sample
 * @param smtpMillis of all conversations together
 * @param delivery  from acceptance to delivery; empty where no rule asks for it
 */
public record Measured(String subject, Counts counts, double seconds, long smtpMillis, Spread delivery) {
}
