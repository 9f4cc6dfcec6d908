package dev.dromedary.provider;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks the DNS for MX records; does not wait for the answer. */
public interface MxLookup {
    /** Completes exceptionally on a fault of the DNS (no reply, SERVFAIL, nonsense), never because the name has no MX. */
    CompletableFuture<Answer> lookup(String asciiDomain);

    /**
     * @param hosts     most preferred first, lower case, without a dot at the end; empty where there is no MX, or the null MX of RFC 7505
     * @param timeToLive of the records, or of their absence (RFC 2308)
     */
    record Answer(List<String> hosts, Duration timeToLive) {
        public Answer {
            hosts = List.copyOf(hosts);
        }
    }
}
