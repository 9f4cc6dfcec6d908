package dev.dromedary.cli.top;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is asked for, and how often at most. */
enum Call {
    THROUGHPUT("/v1/throughput", 0, null),
    NODE("/v1/node", 5, null),
    STATUS("/v1/status", 2, null),
    LANES("/v1/lanes", 2, null),
    MATRIX("/v1/matrix", 1, null),
    HOLDS("/v1/holds", 2, null),
    REACTIONS("/v1/reactions", 2, null),
    WARNINGS("/v1/warnings", 2, null),
    ALERTS("/v1/alerts?state=open", 2, null),
    HISTORY("/v1/history?step=minute", 20, null),
    DEFERRED("/v1/deferred?limit=100", 3, View.MAIL),
    DEAD("/v1/dead-letters?limit=100", 3, View.MAIL);

    final String path;
    final Duration period;
    /** The only view that needs it; null where all do. */
    final @Nullable View only;

    Call(String path, int seconds, @Nullable View only) {
        this.path = path;
        this.period = Duration.ofSeconds(seconds);
        this.only = only;
    }

    boolean isFor(View view) {
        return only == null || only == view;
    }
}
