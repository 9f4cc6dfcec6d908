package dev.dromedary.store;

import dev.dromedary.message.Envelope;

/**
 * A message on its way back to a lane.
 *
 * @param duplicateId the broker takes one message with this id and drops the next, so that handing it over twice after a crash sends it once
 */
public record LaneMessage(Envelope envelope, byte[] body, String duplicateId) {
}
