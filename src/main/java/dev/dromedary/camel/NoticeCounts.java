package dev.dromedary.camel;

import dev.dromedary.config.AlertTargets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts attempts to tell somebody of an alert. Safe for use by many threads. */
final class NoticeCounts {
    enum Outcome {
        SENT, RETRIED, GIVEN_UP
    }

    private final Map<String, Counter> counters = new HashMap<>();

    NoticeCounts(MeterRegistry registry) {
        // From the start, so that the first that is given up is seen as a rise.
        for (String target : List.of("mail", "webhook")) {
            for (Outcome outcome : Outcome.values()) {
                counters.put(target + outcome, Counter.builder("dromedary.alerts.notices").tag("target", target).tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                        .description("Attempts to tell somebody of an alert, by what they came to").register(registry));
            }
        }
    }

    void count(String target, Outcome outcome) {
        String kind = target.equals(AlertTargets.Mail.TARGET) ? "mail" : "webhook";
        Objects.requireNonNull(counters.get(kind + outcome)).increment();
    }
}
