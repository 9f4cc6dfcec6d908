package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WarmUpsCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void eachIsShownWithItsDayItsLimitAndWhatHappenedLast() throws IOException {
        assertThat(WarmUpsCommand.view(JSON.readTree("""
                {"warm_ups": [
                  {"pool": "fresh", "provider": "google", "status": "running", "stage": 4, "stages": 29, "allowed_today": 2000, "sent_today": 1204, "delivered_today": 1187,
                   "deferred_today": 12, "blocked_today": 0, "complaints_today": 1, "per_hour": 250.0, "halted_until": null, "note": "on to stage 4"},
                  {"pool": "fresh", "provider": "yahoo", "status": "held", "stage": 1, "stages": 29, "allowed_today": 200, "sent_today": 200, "per_hour": null,
                   "halted_until": "2026-03-02T00:00:00Z", "note": "held by ann: look"}]}
                """)).lines()).containsExactly(
                "pool fresh to google: running, stage 4 of 29, 1204 of 2000 sent today (1187 delivered, 12 deferred, 0 blocked, 1 complaints), 250.0/h",
                "  on to stage 4",
                "pool fresh to yahoo: held, stage 1 of 29, 200 of 200 sent today (0 delivered, 0 deferred, 0 blocked, 0 complaints), nothing until 2026-03-02T00:00:00Z",
                "  held by ann: look");
        assertThat(WarmUpsCommand.view(JSON.readTree("{\"warm_ups\": []}"))).startsWith("nothing is warming up");
    }
}
