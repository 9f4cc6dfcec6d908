package dev.dromedary.smtp;

/**
 * The connections of one pool at one moment.
 *
 * @param open   connected now: in use and idle
 * @param inUse  carrying a message, or being opened for one
 * @param idle   kept for the next message
 * @param opened since the start
 * @param closed since the start, by either side
 */
public record ConnectionCounts(long open, int inUse, int idle, long opened, long closed) {
}
