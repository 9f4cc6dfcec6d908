package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Mail for the dashboard to show: delivered, put off, refused, throttled and scheduled; with texts that would be scripts, were they read as HTML. */
final class DashboardMail {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DashboardMail() {
    }

    static void send(TestProgram program, String hostile) throws Exception {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            ids.add(submit(program, List.of("ann", "bob", "carl").get(i % 3) + i + "@" + List.of("gmail.com", "yahoo.com", "gmx.de", "example.org").get(i % 4), "receipts"));
        }
        ids.add(submit(program, '"' + hostile + "\"@example.org", "receipts"));
        String bounced = submit(program, "bounce@gmail.com", "news");
        submit(program, "bounce@yahoo.com", "news");
        String deferred = submit(program, "tempfail@gmail.com", "news");
        submit(program, "tempfail@icloud.com", "news");
        submit(program, "throttle@outlook.com", "news");
        assertThat(program.call("POST", "/v1/warm-ups", "{\"pool\":\"mta-2\",\"provider\":\"comcast\",\"action\":\"start\",\"reason\":\"new\"}").statusCode()).isEqualTo(200);
        try (var connection = program.wiring().database().dataSource().getConnection(); var insert = connection.createStatement()) {
            insert.execute("insert into warning (id, kind, critical, pool, provider, since, seen, level, level_at, floor, per_second, count, total, usual, cause, ends_at)"
                    + " values ('w1', 'rising-deferrals', false, 'mta-1', 'comcast', now(), now(), 1, now(), 0, 1, 12, 100, 0.01, '12 of 100 put off', now() + interval '2 hours')");
        }
        program.eventually(bounced, "dead-lettered");
        program.eventually(deferred, "deferred");
        for (String id : ids) {
            program.eventually(id, "delivered");
        }
        Objects.requireNonNull(program.camel().getRegistry().lookupByNameAndType("historySampler", HistorySampler.class)).take();
    }

    private static String submit(TestProgram program, String to, String stream) throws Exception {
        String body = JSON.writeValueAsString(Map.of("from", "shop@example.com", "to", List.of(to), "subject", "<script>alert(1)</script>", "text", "Hello", "stream", stream, "campaign", "spring"));
        HttpResponse<String> answer = program.call("POST", "/v1/messages", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).get("message_id").asText();
    }
}
