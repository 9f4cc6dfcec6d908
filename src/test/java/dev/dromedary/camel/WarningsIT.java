package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warning that another node raised, in the whole program. */
class WarningsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    @Test
    void anotherNodesWarningMovesMailToTheOtherPoolAlsoAfterARestartUntilItIsEnded() throws Exception {
        try (TestProgram program = TestProgram.start(folder, """
                pools:
                  - {id: a, host: 127.0.0.1, port: $SINK, tls: none}
                  - {id: b, host: 127.0.0.1, port: $SINK, tls: none}
                delivery-routes:
                  - {id: both, recipients: ["*"], pools: [a, b]}
                """)) {
            assertThat(warnings(program, "")).isEmpty();
            try (var connection = program.wiring().database().dataSource().getConnection(); var insert = connection.createStatement()) {
                insert.execute("insert into warning (id, kind, critical, pool, provider, since, seen, level, level_at, floor, per_second, count, total, usual, cause, ends_at)"
                        + " values ('w1', 'rising-deferrals', false, 'a', 'google', now(), now(), 1, now(), 0, 0.001, 12, 100, 0.01, '12 of 100 put off', now() + interval '15 minutes')");
            }
            await().atMost(TestProgram.PATIENCE).until(() -> warnings(program, "?pool=a").size() == 1);
            JsonNode shown = warnings(program, "?provider=google&kind=rising-deferrals").get(0);
            assertThat(shown.get("share").asDouble()).isEqualTo(0.75);
            assertThat(shown.get("count").asInt()).isEqualTo(12);
            assertThat(shown.get("cause").asText()).isEqualTo("12 of 100 put off");
            assertThat(program.management("/observe/metrics")).contains("dromedary_warnings_active{kind=\"rising-deferrals\"} 1");
            assertThat(deliveriesByPoolA(program, "before")).as("one a minute").isLessThanOrEqualTo(1);

            program.stop();
            program.startAgain();
            assertThat(warnings(program, "")).hasSize(1);
            assertThat(deliveriesByPoolA(program, "after")).isLessThanOrEqualTo(1);

            assertThat(program.call("POST", "/v1/warnings/w1/end", "").statusCode()).isEqualTo(400);
            assertThat(program.call("POST", "/v1/warnings/w1/end?reason=the%20list%20was%20cleaned", "").statusCode()).isEqualTo(200);
            assertThat(program.call("POST", "/v1/warnings/w1/end?reason=again", "").statusCode()).isEqualTo(404);
            assertThat(warnings(program, "")).isEmpty();
            assertThat(warnings(program, "?all=true").get(0).get("open").asBoolean()).isFalse();
            assertThat(deliveriesByPoolA(program, "ended")).isGreaterThan(1);
            assertThat(program.count("select count(*) from audit where action = 'warning.end' and reason = 'the list was cleaned'")).isOne();
        }
    }

    private static int deliveriesByPoolA(TestProgram program, String name) throws Exception {
        int count = 0;
        for (int i = 0; i < 12; i++) {
            count += program.eventually(program.submit(name + i + "@gmail.com"), "delivered").get("pool").asText().equals("a") ? 1 : 0;
        }
        return count;
    }

    private static JsonNode warnings(TestProgram program, String query) throws Exception {
        return JSON.readTree(program.call("GET", "/v1/warnings" + query, "").body()).get("warnings");
    }
}
