package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.Dromedary;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/dromedary top --once} against a whole program, with mail that was delivered, put off and given up, and an alert. */
class TopIT {
    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, TestProgram.ONE_POOL);
        program.eventually(program.submit("ann@gmail.com"), "delivered");
        program.eventually(program.submit("tempfail@gmail.com"), "deferred");
        program.eventually(program.submit("bounce@yahoo.com"), "dead-lettered");
        try (var connection = program.wiring().database().dataSource().getConnection(); var insert = connection.createStatement()) {
            insert.execute("insert into alert (id, rule, by_what, subject, metric, unit, severity, state, text, suggested, since, updated, told_severity, told_at) values ('a-1', 'pool-down', 'pool', 'sink',"
                    + " 'pools-available', 'pools', 'critical', 'open', 'healthy pools: 0', '{\"look at the pool\"}', now(), now(), 'critical', now())");
        }
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from dead_letter") == 1 && program.count("select count(*) from deferred") == 1);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void oneLookSaysHowItGoes() {
        CommandRun run = CommandRun.of(program, Dromedary.class, "top", "--once", "--width", "120");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("dromedary ", "ready", "accepted", "waiting 1", "dead 1", "1 critical", "google", "sink", "healthy pools: 0");
        assertThat(run.out()).as("a rate, of two readings, however slow the first was").containsPattern("accepted +[0-9.]+/s").doesNotContain("-/s");
        assertThat(run.out()).as("plain text").doesNotContain("\u001b");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void everyViewCanBeAskedForByName() {
        assertThat(CommandRun.of(program, Dromedary.class, "top", "--once", "--view", "alerts").out()).contains("healthy pools: 0", "look at the pool");
        assertThat(CommandRun.of(program, Dromedary.class, "top", "--once", "--view", "lanes").out()).contains("google");
        assertThat(CommandRun.of(program, Dromedary.class, "top", "--once", "--view", "pools", "--width", "40").out().lines()).allMatch(line -> line.length() <= 40);
        assertThat(CommandRun.of(program, Dromedary.class, "top", "--once", "--view", "mail").out()).contains("google");
        assertThat(CommandRun.of(program, Dromedary.class, "top", "--once", "--view", "matrix").out()).contains("sink");
        CommandRun none = CommandRun.of(program, Dromedary.class, "top", "--once", "--view", "weather");
        assertThat(none.status()).isNotZero();
        assertThat(none.err()).contains("[OPTION_INVALID] --view: weather; write one of overview, lanes");
    }

    @Test
    void whereNothingAnswersItSaysSo() {
        program.stop();
        try {
            CommandRun run = CommandRun.of(program, Dromedary.class, "top", "--once");
            assertThat(run.status()).isOne();
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("[NOT_RUNNING]");
        } finally {
            try {
                program.startAgain();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
