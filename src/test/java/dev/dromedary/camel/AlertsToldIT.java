package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.smtp.SandboxMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From something that is wrong to the programs and people who are told, in the whole program as it is configured. */
class AlertsToldIT {
    @TempDir
    Path folder;

    @Test
    void whatIsWrongIsPostedAndMailedAndTheConfigurationShowsNeitherUrlNorSecret() throws Exception {
        try (var hooks = new HookServer(); TestProgram program = TestProgram.start(folder, TestProgram.ONE_POOL + """
                alerts:
                  webhooks:
                    - {name: ops, url: "%s", secret-env: HOOK_SECRET}
                    - {name: pager, url: "%s", secret-env: HOOK_SECRET, severity: critical}
                  mail: {to: ann@example.net, from: alerts@example.com}
                """.formatted(hooks.url("/ops"), hooks.url("/pager")), Map.of("HOOK_SECRET", "a-secret-of-24-characters"), Duration.ofSeconds(1))) {
            try (var connection = program.wiring().database().dataSource().getConnection(); var insert = connection.createStatement()) {
                insert.execute("insert into warning (id, kind, critical, pool, provider, since, seen, level, level_at, floor, per_second, count, total, usual, cause, ends_at)"
                        + " values ('w1', 'rising-deferrals', false, 'sink', 'comcast', now(), now(), 1, now(), 0, 0.001, 12, 100, 0.01, '12 of 100 put off', now() + interval '1 hour')");
            }
            await().atMost(TestProgram.PATIENCE.multipliedBy(2)).until(() -> !hooks.posted().isEmpty() && !program.sink().messages().isEmpty());

            JsonNode posted = new ObjectMapper().readTree(hooks.posted().get(0).body());
            assertThat(posted.get("type").asText()).isEqualTo("alert.opened");
            assertThat(posted.at("/data/text").asText()).contains("12 of 100 put off");
            JsonNode shown = new ObjectMapper().readTree(program.call("GET", "/v1/alerts?state=open", "").body()).at("/alerts/0");
            assertThat(posted.get("data").get("id")).isEqualTo(shown.get("id"));
            posted.get("data").properties().forEach(one -> assertThat(shown.has(one.getKey())).as(one.getKey()).isTrue());
            assertThat(hooks.posted()).allSatisfy(one -> assertThat(one.path()).as("a warning").isEqualTo("/ops"));
            SandboxMessage mail = program.sink().messages().get(0);
            assertThat(mail.from()).isNull();
            assertThat(new String(mail.content(), StandardCharsets.UTF_8)).contains("Subject: [warning] ");
            assertThat(program.call("GET", "/v1/config", "").body()).contains("alerts.webhooks.ops.url").doesNotContain("a-secret-of-24-characters", hooks.url("/ops").toString());
        }
    }
}
