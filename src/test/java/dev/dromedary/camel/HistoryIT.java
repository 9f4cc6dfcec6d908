package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.history.Counts;
import dev.dromedary.history.Sample;
import dev.dromedary.history.SeriesSample;
import dev.dromedary.store.HistoryStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of the whole program: what it did is there after a restart, and no count comes twice or gets lost. */
class HistoryIT {
    @TempDir
    Path folder;

    @Test
    void whatPassedIsInTheHistoryAlsoAfterARestart() throws Exception {
        try (TestProgram program = TestProgram.start(folder, TestProgram.ONE_POOL)) {
            Instant start = Instant.now().minusSeconds(120);
            program.eventually(program.submit("ann@gmail.com"), "delivered");
            program.eventually(program.submit("bob@gmail.com"), "delivered");
            program.eventually(program.submit("carl@gmx.de"), "delivered");
            take(program);
            assertThat(sum(program, start)).isEqualTo(new Counts(3, 3, 0, 0, 0, 0));
            program.eventually(program.submit("late@gmail.com"), "delivered");
            program.stop();
            program.startAgain();
            assertThat(sum(program, start)).as("the stop wrote the rest").isEqualTo(new Counts(4, 4, 0, 0, 0, 0));
            take(program);
            assertThat(sum(program, start)).isEqualTo(new Counts(4, 4, 0, 0, 0, 0));

            List<Sample> samples = read(program, start);
            SeriesSample google = samples.get(0).series().stream().filter(one -> one.series().provider().equals("google")).findFirst().orElseThrow();
            assertThat(google.series().pool()).isEqualTo("sink");
            assertThat(google.delivery().count()).isEqualTo(google.counts().delivered());
            assertThat(google.smtp().percentile(0.95)).isPositive();
            assertThat(samples.get(0).gauges()).extracting(gauge -> gauge.name() + " " + gauge.label())
                    .contains("heap used_percent", "disk used_percent", "cpu system", "queue_age mail.lane.google", "lane_accepted mail.lane.google", "lane_outcomes mail.lane.google/delivered",
                            "route_outcomes default/delivered");
        }
    }

    private static void take(TestProgram program) {
        Objects.requireNonNull(program.camel().getRegistry().lookupByNameAndType("historySampler", HistorySampler.class)).take();
    }

    private static List<Sample> read(TestProgram program, Instant from) throws Exception {
        return new HistoryStore(program.wiring().database().dataSource()).read(HistoryStore.MINUTE, from, Instant.now().plusSeconds(60));
    }

    private static Counts sum(TestProgram program, Instant from) throws Exception {
        return read(program, from).stream().flatMap(sample -> sample.series().stream()).map(SeriesSample::counts).reduce(Counts.ZERO, Counts::plus);
    }
}
