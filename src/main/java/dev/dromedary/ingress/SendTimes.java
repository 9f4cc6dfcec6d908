package dev.dromedary.ingress;

import dev.dromedary.engagement.SendTime;
import dev.dromedary.message.EmailAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Picks the time for mail that asks for its recipient's best hour. */
public interface SendTimes {
    /** Where none is picked: all goes as soon as it may. */
    SendTimes NONE = (to, stream, from, until) -> Map.of();

    /**
     * @param from  the first instant at which the mail may go
     * @param until the last
     * @return by recipient, within {@code from} and {@code until}; a recipient left out goes at {@code from}
     */
    Map<EmailAddress, SendTime> choose(List<EmailAddress> to, String stream, Instant from, Instant until);
}
