package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.deployment.SituationalMetrics;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Grafana and Prometheus are told to ask for, in a program in which everything that is shown for a while only is under way. */
class MetricsInPlaceIT {
    @TempDir
    static Path folder;

    @Test
    void metricsThatOnlyARunningProgramShowsAreThereWithTheirLabels() throws Exception {
        try (TestProgram program = TestProgram.start(folder, """
                warm-up:
                  stages: [30, 60, 90]
                  pools:
                    fresh: {from: %s, providers: [google]}
                pools:
                  - {id: fresh, host: 127.0.0.1, port: $SINK, tls: none}
                  - {id: warm, host: 127.0.0.1, port: $SINK, tls: none}
                delivery-routes:
                  - {id: all, recipients: ["*"], pools: [fresh, warm]}
                """.formatted(LocalDate.now(ZoneOffset.UTC)))) {
            try (var connection = program.wiring().database().dataSource().getConnection(); var insert = connection.createStatement()) {
                insert.execute("insert into warning (id, kind, critical, pool, provider, since, seen, level, level_at, floor, per_second, count, total, usual, cause, ends_at)"
                        + " values ('w1', 'rising-deferrals', false, 'warm', 'comcast', now(), now(), 1, now(), 0, 0.001, 12, 100, 0.01, '12 of 100 put off', now() + interval '1 hour')");
            }
            program.eventually(program.submit("ann@gmail.com"), "delivered");
            program.submit("throttle@outlook.com");
            await().atMost(TestProgram.PATIENCE).untilAsserted(() ->
                    assertThat(SituationalMetrics.in(program.management("/observe/metrics"))).isEqualTo(SituationalMetrics.LABELS));
        }
    }
}
