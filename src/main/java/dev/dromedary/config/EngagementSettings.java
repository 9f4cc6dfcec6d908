package dev.dromedary.config;

import java.time.Duration;

/**
 * How send times are learned.
 *
 * @param halfLife      after which an event counts half
 * @param keep          after which a recipient of whom nothing more is heard is forgotten
 * @param machineWindow after delivery, in which opens and clicks are a machine's
 * @param evidence      of a recipient, in opens, before its own hours count
 * @param explore       share of messages sent at an hour taken at random
 */
public record EngagementSettings(boolean enabled, Duration halfLife, Duration keep, Duration machineWindow, int evidence, double explore) {
}
