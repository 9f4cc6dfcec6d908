package dev.dromedary.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.config.Scenario;
import dev.dromedary.config.ScenarioReader;
import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The committed report is what the program says; made anew with {@code bin/dromedary rehearse --json} for each file of the folder. */
class GoldenReportTest {
    private static final Path REPORT = Path.of("rehearsal/golden.json");

    @Test
    void theReportIsWhatARehearsalSaysToday() throws IOException {
        JsonNode golden = golden("one-pool-blocked");
        Scenario scenario = new ScenarioReader(BuiltInProviders.load()).read(Path.of("rehearsal/one-pool-blocked.yaml"));
        for (Policy policy : new Policy[] {Policy.REPUTATION, Policy.ROUND_ROBIN}) {
            Result now = new Rehearsal(scenario, policy, false).run();
            JsonNode then = StreamSupport.stream(golden.get("results").spliterator(), false).filter(r -> r.get("policy").asText().equals(policy.id())).findFirst().orElseThrow();
            assertThat(now.accepted()).isEqualTo(then.get("accepted").asLong());
            assertThat(now.blocks()).isEqualTo(then.get("blocks").asInt());
            // Other processors may round a logarithm otherwise, and one draw that falls otherwise changes those after it.
            assertThat(now.deferrals()).isCloseTo(then.get("deferrals").asLong(), Percentage.withPercentage(5));
            assertThat(now.withinHour()).isCloseTo(then.get("withinHour").asDouble(), Percentage.withPercentage(1));
        }
    }

    private static JsonNode golden(String scenario) throws IOException {
        return StreamSupport.stream(new ObjectMapper().readTree(REPORT.toFile()).get("rehearsals").spliterator(), false)
                .filter(one -> one.get("scenario").asText().equals(scenario)).findFirst().orElseThrow();
    }
}
