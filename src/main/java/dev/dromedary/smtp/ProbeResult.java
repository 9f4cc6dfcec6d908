package dev.dromedary.smtp;

import dev.dromedary.outcome.SmtpPhase;
import java.time.Duration;

/** What a {@link PoolProbe} found. */
public sealed interface ProbeResult {

    /** @param latency from the first SYN to the reply to NOOP */
    record Healthy(Duration latency) implements ProbeResult {
    }

    /**
     * @param phase where it went wrong
     * @param text  the fault with the server's words; never credentials
     */
    record Unhealthy(SmtpPhase phase, String text) implements ProbeResult {
    }
}
