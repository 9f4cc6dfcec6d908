package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.cli.AuditCommand;
import dev.dromedary.cli.DeadCommand;
import dev.dromedary.cli.DeferredCommand;
import dev.dromedary.cli.HoldCommand;
import dev.dromedary.cli.HoldsCommand;
import dev.dromedary.cli.LanesCommand;
import dev.dromedary.cli.MessageCommand;
import dev.dromedary.cli.ResumeCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of an operator against the whole program. */
class OperationsCommandsIT {
    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, TestProgram.ONE_POOL + "retry: {initial: 1h}\n");
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void aPoolIsPausedListedResumedAndFoundInTheAuditLog() {
        assertThat(run(new HoldsCommand()).out()).isEqualToIgnoringNewLines("nothing is held");
        CommandRun paused = run(new HoldCommand.Pause(), "pool", "sink", "--reason", "blocked by google", "--for", "30m");
        assertThat(paused.status()).isZero();
        assertThat(paused.out()).contains("pool sink  paused until").contains("by local: blocked by google");
        assertThat(run(new HoldsCommand()).out()).isEqualTo(paused.out());
        assertThat(run(new HoldCommand.Drain(), "pool", "sink", "--reason", "new address").out()).contains("pool sink  drained until");
        assertThat(run(new ResumeCommand(), "pool", "sink", "--reason", "moved").out()).isEqualToIgnoringNewLines("pool sink is resumed");
        assertThat(run(new AuditCommand(), "--limit", "3").out().lines().map(line -> line.replaceFirst("^\\S+  ", "").replaceFirst(" until \\S+", "")))
                .containsExactly("local  hold.resume  pool:sink  moved", "local  hold.drain  pool:sink  new address", "local  hold.pause  pool:sink  blocked by google");
    }

    @Test
    void whatIsNotUnderstoodOrNotHeldEndsWithAnErrorAndAStatus() {
        assertThat(run(new HoldCommand.Pause(), "pool", "sink").err()).contains("--reason");
        CommandRun unknown = run(new HoldCommand.Pause(), "pool", "snik", "--reason", "x");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).contains("FIELD_INVALID").contains("snik");
        CommandRun free = run(new ResumeCommand(), "stream", "news", "--reason", "x");
        assertThat(free.status()).isEqualTo(1);
        assertThat(free.err()).contains("[NOT_FOUND] stream news");
    }

    @Test
    void waitingMessagesAreListedRetriedAndBouncedAndTheLanesShowThem() throws Exception {
        String id = program.submit("tempfail@gmail.com");
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from deferred") == 1);
        assertThat(run(new DeferredCommand(), "list", "--provider", "google").out()).contains(id + "  tempfail@gmail.com  attempt 2  deferred  pool sink").contains("1 of 1");
        assertThat(run(new DeferredCommand(), "list", "--kind", "held").out()).isEqualToIgnoringNewLines("0 of 0");
        assertThat(run(new LanesCommand()).out().lines().filter(line -> line.startsWith("google"))).anySatisfy(line -> assertThat(line.split(" +")).contains("1"))
                .anySatisfy(line -> assertThat(line).contains("1 deferred").contains("451"));
        assertThat(run(new DeferredCommand(), "retry", "--reason", "x").err()).contains("FIELD_MISSING").contains("filter");
        assertThat(run(new DeferredCommand(), "reroute", id, "--to-pool", "sink", "--reason", "x").out()).isEqualToIgnoringNewLines("1 messages rerouted");
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from deferred where attempt = 3 and route = 'pool:sink'") == 1);
        assertThat(run(new DeferredCommand(), "retry", "--all", "--reason", "x").out()).isEqualToIgnoringNewLines("1 messages retried");
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from deferred where attempt = 4") == 1);
        assertThat(run(new DeferredCommand(), "bounce", "--provider", "google", "--reason", "x").out()).isEqualToIgnoringNewLines("1 messages bounced");
        program.eventually(id, "bounced");
    }

    @Test
    void aMessageIsShownWithItsComplaintAndADeadLetterDroppedOnlyWithAReason() throws Exception {
        String id = program.submit("ann@yahoo.com");
        program.eventually(id, "delivered");
        assertThat(program.call("POST", "/v1/complaints", "{\"address\":\"ann@yahoo.com\",\"source\":\"yahoo-fbl\",\"message_id\":\"" + id + "\"}").statusCode()).isEqualTo(200);
        assertThat(run(new MessageCommand(), id).out().lines().map(line -> line.replaceFirst("^\\S+  ", ""))).hasSize(3)
                .anySatisfy(line -> assertThat(line).isEqualTo("accepted  " + id + " to ann@yahoo.com  by way of http"))
                .anySatisfy(line -> assertThat(line).startsWith("delivered  " + id + " to ann@yahoo.com  attempt 1  pool sink"))
                .endsWith("complained  " + id + " to ann@yahoo.com  pool sink  the recipient complained (told) by yahoo-fbl");
        assertThat(run(new MessageCommand(), "none").err()).contains("NOT_FOUND");
        String bounced = program.submit("bounce@yahoo.com");
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from dead_letter where message_id = '" + bounced + "'") == 1);
        assertThat(run(new DeadCommand(), "drop", bounced).err()).contains("--reason");
        assertThat(run(new DeadCommand(), "replay", bounced).err()).contains("--reason");
        assertThat(run(new DeadCommand(), "drop", bounced, "--reason", "too old").out()).contains("{\"dropped\":1}");
        assertThat(run(new AuditCommand(), "--limit", "1").out()).contains("local  dead.drop  id=" + bounced + "  1 messages  too old");
    }

    private static CommandRun run(Object command, String... arguments) {
        return CommandRun.of(program, command, arguments);
    }
}
