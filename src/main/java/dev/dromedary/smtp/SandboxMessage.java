package dev.dromedary.smtp;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that the sandbox took.
 *
 * @param number     1 for the first, in the order of acceptance
 * @param from       envelope sender, or null for {@code <>}
 * @param to         envelope recipients
 * @param size       octets of the whole message
 * @param content    the message up to {@link Sandbox#KEPT_OCTETS}. Shared: do not change it
 */
public record SandboxMessage(long number, @Nullable String from, List<String> to, Instant receivedAt, int size, byte[] content) {
}
