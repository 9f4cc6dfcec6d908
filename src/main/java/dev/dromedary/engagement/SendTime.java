package dev.dromedary.engagement;

import java.time.Instant;

/**
 * When a message goes.
 *
 * @param at   within what was allowed
 * @param held whether that is later than it could go
 * @param why  readable
 */
public record SendTime(Instant at, boolean held, String why) {
}
