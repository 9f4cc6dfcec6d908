package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class LanesCommandTest {
    private static final String ANSWER = """
            {"ages": ["0-5m", "5m-1h", "1-6h", "6-24h", ">24h"], "lanes": [
              {"provider": "google", "hold": null, "queued": 12034, "under_way": 50, "oldest_seconds": 7500, "waiting": 317, "by_age": [200, 100, 15, 2, 0],
               "reasons": [{"kind": "deferred", "category": "defer-other-pool", "code": 421, "messages": 300, "for_example": "4.7.28 unusual rate"}]},
              {"provider": "other", "hold": null, "queued": 0, "under_way": 0, "oldest_seconds": null, "waiting": 0, "by_age": [0, 0, 0, 0, 0], "reasons": []},
              {"provider": "yahoo", "hold": "provider yahoo is held until noon by ops: blocked", "queued": 3, "under_way": 0, "oldest_seconds": 59, "waiting": 0,
               "by_age": [0, 0, 0, 0, 0], "reasons": []}]}
            """;

    @Test
    void theMatrixIsAlignedAndItsReasonsStandBelow() throws JsonProcessingException {
        assertThat(LanesCommand.view(new ObjectMapper().readTree(ANSWER), false)).isEqualToNormalizingNewlines("""
                provider  queued  under way  oldest  waiting  0-5m  5m-1h  1-6h  6-24h  >24h
                google     12034         50      2h      317   200    100    15      2     0
                yahoo          3          0     59s        0     0      0     0      0     0
                total      12037         50              317   200    100    15      2     0

                google  300 deferred defer-other-pool 421: 4.7.28 unusual rate
                yahoo  provider yahoo is held until noon by ops: blocked
                """);
    }

    @Test
    void emptyLanesAreShownOnRequest() throws JsonProcessingException {
        assertThat(LanesCommand.view(new ObjectMapper().readTree(ANSWER), true)).contains("\nother          0          0       -        0");
    }

    @Test
    void whatAnOutsideBrokerHoldsIsLeftOpen() throws JsonProcessingException {
        assertThat(LanesCommand.view(new ObjectMapper().readTree("{\"ages\":[\"0-5m\"],\"lanes\":[{\"provider\":\"google\",\"waiting\":1,\"by_age\":[1],\"reasons\":[]}]}"), false))
                .isEqualToNormalizingNewlines("""
                        provider  queued  under way  oldest  waiting  0-5m
                        google         -          -       -        1     1
                        total          0          0                1     1
                        """);
    }
}
