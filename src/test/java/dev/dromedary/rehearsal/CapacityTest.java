package dev.dromedary.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.Scenario;
import dev.dromedary.config.ScenarioReader;
import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapacityTest {
    @TempDir
    private Path folder;

    @Test
    void whatAPoolsOwnRateAllowsIsFoundAndWhenGrowthReachesIt() throws IOException {
        // 60 a minute for 6 hours are 21,600; 7,000 are offered, so some three times as many can be carried, and a little more within an hour's grace.
        Capacity found = Capacity.of(flat("rate: 60/min", "7k"), Policy.WEIGHTED, false);
        assertThat(found.most()).isFalse();
        assertThat(found.times()).isCloseTo(3.3, Offset.offset(0.5));
        assertThat(found.months()).isCloseTo(Math.log(found.times()) / Math.log(1.10), Offset.offset(1e-9));
        assertThat(found.provider()).isEqualTo("google");
    }

    @Test
    void whatIsOutgrownAlreadyIsSaidSo() throws IOException {
        Capacity found = Capacity.of(flat("rate: 60/min", "60k"), Policy.WEIGHTED, false);
        assertThat(found.times()).isBetween(0.3, 0.5);
        assertThat(found.months()).isZero();
    }

    private Scenario flat(String limit, String messages) throws IOException {
        return new ScenarioReader(BuiltInProviders.load()).read(Files.writeString(folder.resolve("flat.yaml"), """
                length: 6h
                growth: 10
                dromedary:
                  pools: [{id: a, host: a.example.net, %s}]
                traffic: [{id: news, messages: %s, shape: flat, unknown: 0, mix: [google=1]}]
                """.formatted(limit, messages)));
    }
}
