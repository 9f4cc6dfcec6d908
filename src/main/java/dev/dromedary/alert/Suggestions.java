package dev.dromedary.alert;

import java.util.List;

/** What to do about a metric that is bad. Commands are those of bin/dromedary. */
public final class Suggestions {
    private Suggestions() {
    }

    public static List<String> of(AlertMetric metric) {
        return switch (metric) {
            case ACCEPTED_PER_SECOND -> List.of("Look whether the senders are up, and whether they are refused: GET /v1/throughput, and refusals in the log",
                    "Look whether the ways in answer: bin/dromedary status, and /observe/health/ready");
            case DELIVERED_PER_SECOND -> List.of("Look where mail waits: bin/dromedary lanes", "Look what holds pools back: GET /v1/matrix, bin/dromedary reactions list, bin/dromedary holds",
                    "Look at the pools: bin/dromedary status; bring back what is suspended by mistake", "Look at processor, heap and disk of the nodes");
            case ERROR_RATE -> List.of("See what the servers said: GET /v1/messages?state=bounced, or explain one: bin/dromedary explain",
                    "Look for a list of old or bought addresses; suppress what bounces: bin/dromedary suppress add", "Look whether sign-in or DNS of a pool's host fails: the pool's last probe in bin/dromedary status");
            case DEFERRAL_RATE -> List.of("See the replies: bin/dromedary deferred list --provider ID", "Send the provider less for a while: a rate in providers, or bin/dromedary pause",
                    "Look at the reputation there: bin/dromedary reputation");
            case COMPLAINT_RATE -> List.of("Find the stream or campaign that is complained of: bin/dromedary reputation, GET /v1/content",
                    "Look whether unsubscribing works, and whether these recipients asked for the mail", "Hold the campaign meanwhile: bin/dromedary pause");
            case SMTP_LATENCY -> List.of("Look whether one provider or all are slow: GET /v1/matrix", "Look at the network to the pools' hosts and at their load",
                    "Look at processor and heap of the nodes: slow replies may be slow reading");
            case TIME_TO_DELIVERY -> List.of("Look where mail waits: bin/dromedary lanes", "Look how much is put off: bin/dromedary deferred list",
                    "Give urgent mail its own stream and priority, so that bulk does not hold it up");
            case BACKLOG, QUEUE_AGE -> List.of("See why the lane does not drain: GET /v1/matrix says what binds each pool", "Look at holds and reactions: bin/dromedary holds, bin/dromedary reactions list",
                    "Add room: another pool in the delivery route, more consumers for the provider, or a higher rate where the provider allows it");
            case WAITING -> List.of("See what waits, and why: bin/dromedary deferred list", "Retry at once what was put off for a fault that is mended: bin/dromedary deferred retry");
            case REPUTATION -> List.of("See what it comes from: bin/dromedary reputation", "Look at bounces and complaints of the streams that the pool sends, and at the lists behind them",
                    "Look at SPF, DKIM and DMARC of the sender domains", "Send less from this pool for a while, and the best mail first");
            case POOLS_AVAILABLE -> List.of("See the last probe and error: bin/dromedary status", "Look whether host, port, TLS and sign-in are right, and whether the host answers");
            case HEAP_USED -> List.of("Give the JVM more heap (-Xmx), or fewer consumers and connections", "Look for very large messages: accept.max-size");
            case CPU_USED -> List.of("Add a node, or processors", "Look what is new: more mail, smaller batches, TLS without kept connections");
            case DISK_USED -> List.of("Make room on the disk of the data folder: at broker.max-disk-usage no more mail is taken in", "Look what grows: queues, the database, the spool");
            case DATABASE_WRITE -> List.of("Look at the load, locks and disk of PostgreSQL", "Look at the network to the database");
        };
    }
}
