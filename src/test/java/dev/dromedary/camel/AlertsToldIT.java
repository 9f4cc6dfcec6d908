package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.Dromedary;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Telling;
import dev.dromedary.smtp.SandboxMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From something that is wrong to the programs and people who are told, in the whole program as it is configured. */
class AlertsToldIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void whatIsWrongIsPostedAndMailedAndTheConfigurationShowsNeitherUrlNorSecret() throws Exception {
        try (var hooks = new HookServer(); TestProgram program = TestProgram.start(folder, TestProgram.ONE_POOL + """
                alerts:
                  webhooks:
                    - {name: ops, url: "%s", secret-env: HOOK_SECRET}
                    - {name: pager, url: "%s", secret-env: [HOOK_SECRET, FORMER_SECRET], severity: critical}
                  mail: {to: ann@example.net, from: alerts@example.com}
                """.formatted(hooks.url("/ops"), hooks.url("/pager")), Map.of("HOOK_SECRET", "a-secret-of-24-characters", "FORMER_SECRET", "the-secret-that-was-there-before"), Duration.ofSeconds(1))) {
            try (var connection = program.wiring().database().dataSource().getConnection(); var insert = connection.createStatement()) {
                insert.execute("insert into warning (id, kind, critical, pool, provider, since, seen, level, level_at, floor, per_second, count, total, usual, cause, ends_at)"
                        + " values ('w1', 'rising-deferrals', false, 'sink', 'comcast', now(), now(), 1, now(), 0, 0.001, 12, 100, 0.01, '12 of 100 put off', now() + interval '1 hour')");
            }
            await().atMost(TestProgram.PATIENCE.multipliedBy(2)).until(() -> !hooks.posted().isEmpty() && !program.sink().messages().isEmpty());

            JsonNode posted = JSON.readTree(hooks.posted().get(0).body());
            assertThat(posted.get("type").asText()).isEqualTo("alert.opened");
            assertThat(posted.at("/data/text").asText()).contains("12 of 100 put off");
            JsonNode shown = JSON.readTree(program.call("GET", "/v1/alerts?state=open", "").body()).at("/alerts/0");
            assertThat(posted.get("data").get("id")).isEqualTo(shown.get("id"));
            posted.get("data").properties().forEach(one -> assertThat(shown.has(one.getKey())).as(one.getKey()).isTrue());
            assertThat(hooks.posted()).allSatisfy(one -> assertThat(one.path()).as("a warning").isEqualTo("/ops"));
            SandboxMessage mail = program.sink().messages().get(0);
            assertThat(mail.from()).isNull();
            assertThat(new String(mail.content(), StandardCharsets.UTF_8)).contains("Subject: [warning] ");
            assertThat(program.call("GET", "/v1/config", "").body()).contains("alerts.webhooks.ops.url").doesNotContain("a-secret-of-24-characters", hooks.url("/ops").toString(), "HOOK_SECRET");
            whoWasTold(program, shown.get("id").asText());
            aTest(program, hooks);
        }
    }

    private static void whoWasTold(TestProgram program, String id) throws Exception {
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from alert_notice where sent") == 2);
        JsonNode whole = JSON.readTree(program.call("GET", "/v1/alerts/" + id, "").body());
        assertThat(whole.path("notices")).hasSize(2).allSatisfy(one -> {
            assertThat(one.path("kind").asText()).isEqualTo("opened");
            assertThat(one.path("state").asText()).isEqualTo("told");
            assertThat(one.path("attempts").asInt()).isEqualTo(1);
            assertThat(one.path("next_at").isNull()).isTrue();
        });
        assertThat(whole.at("/notices").findValuesAsText("target")).containsExactly("webhook/ops", "mail");
        assertThat(whole.at("/notices/0/answer").asText()).isEqualTo("answered 200");
        String mailed = whole.at("/notices/1/answer").asText();
        assertThat(mailed).startsWith("accepted as message alert-");
        program.eventually(mailed.substring("accepted as message ".length()), "delivered");
        assertThat(whole.at("/history/0/state").asText()).isEqualTo("open");
        assertThat(program.call("GET", "/v1/alerts/none", "").statusCode()).isEqualTo(404);
        assertThat(run(program, 0, "alerts", "show", id).out()).contains("WARNING early-warning-rising-deferrals of sink/comcast (" + id + ")", "12 of 100 put off", "  -> ", "History", " open, warning: ",
                "opened to webhook/ops: told at ", "1 attempt; answered 200", "opened to mail: told at ");
    }

    private static void aTest(TestProgram program, HookServer hooks) throws Exception {
        int before = hooks.posted().size();
        assertThat(run(program, 0, "alerts", "test", "pager", "--reason", "before the first night", "--by", "ann").out()).matches("(?s)webhook/pager: told in [0-9.]+ s; answered 200\\R");
        HookServer.Posted posted = hooks.posted().get(before);
        assertThat(posted.path()).as("a warning, to one that is told of critical ones only").isEqualTo("/pager");
        assertThat(posted.header("webhook-signature").split(" ")).hasSize(2);
        JsonNode body = JSON.readTree(posted.body());
        assertThat(body.path("type").asText()).isEqualTo("alert.test");
        assertThat(body.at("/data/rule").asText()).isEqualTo("test");
        assertThat(body.at("/data/text").asText()).isEqualTo("This is a test, nothing is wrong: ann: before the first night");
        assertThat(program.count("select count(*) from audit where action = 'alert.test' and subject = 'webhook/pager' and reason = 'ann: before the first night'")).isOne();

        hooks.answer("/ops", 410, "no such endpoint");
        CommandRun all = run(program, 1, "alerts", "test", "--reason", "all of them");
        assertThat(all.out()).contains("webhook/ops: NOT TOLD in ", "answered 410, so that it is told of this no more: no such endpoint", "webhook/pager: told in ", "mail: told in ", "accepted as message alert-");
        await().atMost(TestProgram.PATIENCE).until(() -> program.sink().messages().stream().anyMatch(one -> new String(one.content(), StandardCharsets.UTF_8)
                .contains("Subject: [test] this is a test, nothing is wrong")));
        assertThat(program.call("POST", "/v1/alerts/test", "{\"target\":\"ops\"}").body()).contains("FIELD_MISSING", "reason");
        assertThat(program.call("POST", "/v1/alerts/test", "{\"target\":\"nobody\",\"reason\":\"r\"}").body()).contains("FIELD_INVALID", "webhook/ops, webhook/pager, mail");
        aProblemUntilATestGetsThrough(program, hooks);
    }

    private static void aProblemUntilATestGetsThrough(TestProgram program, HookServer hooks) throws Exception {
        assertThat(program.call("GET", "/v1/status", "").body()).doesNotContain("ALERT_NOT_TOLD");
        TestNotices.write(program.wiring().database().dataSource(), new Telling(TestNotices.alert(Instant.now(), "a", Severity.CRITICAL, "mta-1", "12 % failed"), Telling.Kind.OPENED), Instant.now(),
                "webhook/ops");
        await().atMost(TestProgram.PATIENCE).untilAsserted(() -> assertThat(run(program, 0, "status").out())
                .contains("problem  [ALERT_NOT_TOLD] webhook/ops: was not told of alert a (answered 410", "bin/dromedary alerts test webhook/ops"));
        hooks.answer("/ops", 200, "");
        run(program, 0, "alerts", "test", "webhook/ops", "--reason", "mended");
        assertThat(program.call("GET", "/v1/status", "").body()).doesNotContain("ALERT_NOT_TOLD");
    }

    private static CommandRun run(TestProgram program, int status, String... arguments) {
        CommandRun run = CommandRun.of(program, Dromedary.class, arguments);
        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(status);
        return run;
    }
}
