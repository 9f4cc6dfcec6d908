package dev.dromedary.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known at one moment.
 *
 * @param url      of the program that is looked at
 * @param answers  the latest of each call that was answered
 * @param answered when it last answered, by this machine's clock; null before the first time
 * @param trouble  why there is no answer now; null where there is one
 * @param partly   which call alone was not answered, and why; null where all were
 * @param details answers to what was asked for beside that, by its path; missing where there is none
 */
record Snapshot(String url, Map<Call, JsonNode> answers, Rates rates, @Nullable Instant answered, @Nullable Trouble trouble, @Nullable String partly, Map<String, JsonNode> details) {

    /** @param since when it was last heard of, or when it was first asked in vain */
    record Trouble(String code, String text, Instant since) {
        @Override
        public String toString() {
            return "[" + code + "] " + text;
        }
    }

    static Snapshot empty(String url) {
        return new Snapshot(url, Map.of(), Rates.UNKNOWN, null, null, null, Map.of());
    }

    JsonNode of(Call call) {
        return answers.getOrDefault(call, MissingNode.getInstance());
    }

    boolean has(Call call) {
        return answers.containsKey(call);
    }

    /** Its own clock where it told, as all its times are by that. @param here by this machine's clock */
    Instant now(Instant here) {
        Instant at = Figures.instant(of(Call.THROUGHPUT).path("at"));
        return at == null || answered == null ? here : at.plusMillis(Math.max(0, java.time.Duration.between(answered, here).toMillis()));
    }
}
