package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.store.DiskFill;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stop while consumers wait, for a permit, for room or for the disk, ends in time and gives nothing up. */
class StopIT {
    @TempDir
    Path folder;

    /** Trap 9. */
    @Test
    void aStopWhileALaneWaitsForItsRateEndsInTimeAndLosesNothing() throws Exception {
        try (TestProgram program = TestProgram.start(folder, TestProgram.ONE_POOL + """
                providers:
                  gmx: {rate: 1/h}
                """)) {
            List<String> recipients = IntStream.range(0, 5).mapToObj(i -> "rate" + i + "@gmx.de").toList();
            for (String to : recipients) {
                program.submit(to);
            }
            await().atMost(TestProgram.PATIENCE).until(() -> !program.arrivals().isEmpty());
            await().atMost(TestProgram.PATIENCE).until(() -> delivering(program, "mail.lane.gmx") > 0);
            assertStopsWithin(program, Duration.ofSeconds(30));
            program.startAgain();
            assertThat(program.count("select count(*) from dead_letter")).isZero();
            assertThat(program.arrivals().values()).allMatch(times -> times == 1);
            await().atMost(TestProgram.PATIENCE).until(() -> program.depth("mail.lane.gmx") + program.count("select count(*) from deferred") + program.arrivals().size() == recipients.size());
        }
    }

    @Test
    void aStopWhileALaneWaitsForRoomEndsInTimeAndLosesNothing() throws Exception {
        try (TestProgram program = TestProgram.start(folder, """
                pools:
                  - {id: sink, host: 127.0.0.1, port: $SINK, tls: none, rate: 1/h}
                pace: {max-wait: 1m}
                """)) {
            List<String> recipients = IntStream.range(0, 5).mapToObj(i -> "room" + i + "@gmx.de").toList();
            for (String to : recipients) {
                program.submit(to);
            }
            await().atMost(TestProgram.PATIENCE).until(() -> !program.arrivals().isEmpty());
            await().atMost(TestProgram.PATIENCE).until(() -> delivering(program, "mail.lane.gmx") > 0);
            assertStopsWithin(program, Duration.ofSeconds(30));
            program.startAgain();
            await().atMost(TestProgram.PATIENCE).until(() -> program.depth("mail.lane.gmx") + program.count("select count(*) from deferred") + program.arrivals().size() >= recipients.size());
            assertThat(program.count("select count(*) from dead_letter")).isZero();
        }
    }

    /** Trap 12. */
    @Test
    void aStopWhileTheDiskIsFullEndsInTimeAndWhatWasHeldIsSentAfterwards() throws Exception {
        try (TestProgram program = TestProgram.start(folder, TestProgram.ONE_POOL)) {
            program.camel().getRouteController().suspendRoute("lane-gmx");
            program.submit("disk@gmx.de");
            try (DiskFill fill = DiskFill.of(Objects.requireNonNull(program.wiring().broker()))) {
                program.camel().getRouteController().resumeRoute("lane-gmx");
                await().atMost(TestProgram.PATIENCE).until(() -> delivering(program, "mail.lane.gmx") == 1);
                assertStopsWithin(program, Duration.ofSeconds(30));
            }
            assertThat(program.arrivals()).isEmpty();
            program.startAgain();
            program.awaitArrivals(List.of("disk@gmx.de"));
            assertThat(program.arrivals()).isEqualTo(Map.of("disk@gmx.de", 1));
        }
    }

    private static long delivering(TestProgram program, String queue) {
        return Objects.requireNonNull(program.wiring().broker()).queues().stream().filter(q -> q.name().equals(queue)).mapToLong(q -> q.delivering()).sum();
    }

    private static void assertStopsWithin(TestProgram program, Duration bound) {
        long start = System.nanoTime();
        program.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(bound);
    }
}
