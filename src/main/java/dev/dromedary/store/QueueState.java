package dev.dromedary.store;

/**
 * One queue at one moment.
 *
 * @param messages   all it holds, those under way and those that wait for redelivery included
 * @param delivering handed to a consumer and not yet acknowledged
 * @param scheduled  rolled back and waiting for their redelivery
 */
public record QueueState(String name, long messages, int delivering, int scheduled, int consumers) {
}
