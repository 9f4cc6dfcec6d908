package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The answers about reputation, for people. */
class LiveExplanationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void eachPoolIsShownWithItsPartsAndWhatHoldsItBack() throws IOException {
        String answer = """
                {"most_likely": "b", "send_time": {"at": "2026-11-25T07:12:00Z", "held": true, "why": "held until 2026-11-25T07:12:00Z: opened mostly at 7-9 h UTC, n=14"}, "pools": [{"id": "a", "share": 0.021, "weight": 100, "score": 0.4, "text": "0.40 because ...", "health": "healthy", "in_flight": 3,
                 "in_flight_to_provider": 1, "mean_seconds": 0.25, "binding": "pool a: all 3 connections are in use", "warm_up": {"stage": 3, "stages": 20,
                 "status": "running", "from": "2026-11-20", "sent_today": 40, "allowed_today": 200, "note": "held for a day"}, "ceiling": {"why": "rate 1/min"},
                 "parts": {"block": {"keeps": 0.4, "bad": 9, "of": 100, "share": 0.09, "at_least": 0.048, "at_most": 0.162, "tolerance": 0.01, "limit": 0.1}}}]}""";
        assertThat(LiveExplanation.view(JSON.readTree(answer))).isEqualToNormalizingNewlines("""
                pool       a: taken 2.1 times in a hundred; score 0.40 because ...
                  block        x 0.40: 9 of 100, 9.00 % (4.80 to 16.20 %; costs from 1.00 %, all it can from 10.00 %)
                  healthy, weight 100, 3 conversations, 1 of them with this provider, 0.250 s each
                  warm-up: stage 3 of 20, running since 2026-11-20; 40 of 200 sent today; held for a day
                  held back: rate 1/min
                  no room: pool a: all 3 connections are in use
                goes to    b most likely
                best hour  held until 2026-11-25T07:12:00Z: opened mostly at 7-9 h UTC, n=14
                """);
        assertThat(LiveExplanation.view(JSON.readTree("{\"pools\": [], \"most_likely\": null}"))).startsWith("goes to    no pool now");
    }

    @Test
    void reputationsAreOneToALine() throws IOException {
        String answer = """
                {"total": 2, "reputations": [{"kind": "stream", "name": "news", "provider": null, "text": "0.90: nothing is known yet"}]}""";
        assertThat(ReputationCommand.view(JSON.readTree(answer))).isEqualToNormalizingNewlines("""
                stream news with all providers: 0.90: nothing is known yet
                1 of 2: ask for more with --limit
                """);
    }
}
