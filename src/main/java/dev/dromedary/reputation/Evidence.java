package dev.dromedary.reputation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt came to, or one complaint.
 *
 * @param senderDomain of the envelope's sender, or null for the null sender
 * @param took         from the offer to the reply; zero for a complaint
 */
public record Evidence(String pool, String provider, @Nullable String senderDomain, String stream, @Nullable String campaign, Signal signal, Duration took) {
}
