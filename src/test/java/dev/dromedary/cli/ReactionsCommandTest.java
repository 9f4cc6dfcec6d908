package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReactionsCommandTest {
    @Test
    void eachIsShownWithItsCauseWhatHoldsNowAndTheWayBack() throws IOException {
        String answer = """
                {"reactions": [{"id": "g-a-google-1", "rule": "g", "provider": "google", "pool": "a", "action": "suspend", "cause": "421 4.7.28 unusual rate",
                  "start": "2026-03-01T00:00:00Z", "hold_until": "2026-03-01T00:10:00Z", "end": "2026-03-01T00:20:00Z", "step": 0, "now": "suspend",
                  "step_until": "2026-03-01T00:10:00Z", "recovery": ["1 connection@10m"], "usual_per_second": 2.5}], "total": 1}
                """;
        assertThat(ReactionsCommand.view(new ObjectMapper().readTree(answer))).isEqualToNormalizingNewlines("""
                g-a-google-1
                  pool a to google: suspend until 2026-03-01T00:10:00Z, all of it over at 2026-03-01T00:20:00Z (way back: 1 connection@10m)
                  since 2026-03-01T00:00:00Z by rule g: 421 4.7.28 unusual rate
                1 under way
                """);
    }
}
