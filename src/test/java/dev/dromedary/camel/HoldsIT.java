package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds in the whole program: nothing held is sent, nothing is lost, and it flows again when the hold is lifted or its time is up. */
class HoldsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration QUIET = Duration.ofSeconds(2);

    @TempDir
    static Path folder;

    private static TestProgram program;
    private static int number;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, """
                pools:
                  - {id: one, host: 127.0.0.1, port: $SINK, tls: none}
                  - {id: two, host: 127.0.0.1, port: $SINK, tls: none}
                delivery-routes:
                  - {id: all, recipients: ["*"], pools: [one]}
                  - {id: both, recipients: [aol.com], pools: [one, two]}
                retry: {initial: 1h}
                """);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @AfterEach
    void liftAll() throws Exception {
        for (JsonNode hold : holds()) {
            resume(hold);
        }
    }

    @ParameterizedTest
    @CsvSource({"pool, one", "stream, news", "campaign, spring sale/1"})
    void whatIsHeldWaitsAndIsSentOnceTheHoldIsLifted(String kind, String value) throws Exception {
        JsonNode hold = hold(kind, value, "1h");
        String to = someone("gmail.com");
        String id = submit(to);
        JsonNode waiting = program.eventually(id, "scheduled");
        assertThat(waiting.get("detail").asText()).contains(kind + " " + value).contains("a test").contains(hold.get("expires").asText());
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from deferred where kind = 'held' and attempt = 1 and message_id = '" + id + "'") == 1);
        assertNotSent(to);
        resume(hold);
        program.eventually(id, "delivered");
        assertThat(program.arrivals()).containsEntry(to, 1);
        assertThat(program.event(id, "deferred")).as("no attempt was counted").isNull();
    }

    @ParameterizedTest
    @CsvSource({"pool, one", "provider, google", "stream, news", "campaign, spring sale/1"})
    void itFlowsAgainByItselfWhenTheTimeIsUp(String kind, String value) throws Exception {
        hold(kind, value, "3s");
        String to = someone("gmail.com");
        String id = submit(to);
        assertNotSent(to);
        program.eventually(id, "delivered");
        assertThat(program.arrivals()).containsEntry(to, 1);
        await().atMost(TestProgram.PATIENCE).until(() -> audit().get(0).get("action").asText().equals("hold.expired"));
        assertThat(holds()).isEmpty();
    }

    @Test
    void theLaneOfAHeldProviderKeepsItsMailInTheBrokerAndHoldsUpNoOther() throws Exception {
        JsonNode hold = hold("provider", "google", "1h");
        String held = someone("gmail.com");
        String id = submit(held);
        program.eventually(submit(someone("yahoo.com")), "delivered");
        assertNotSent(held);
        await().atMost(TestProgram.PATIENCE).until(() -> program.depth("mail.lane.google") == 1);
        assertThat(program.call(program.config().management().port(), "GET", "/observe/health/ready", "").statusCode()).isEqualTo(200);
        resume(hold);
        program.eventually(id, "delivered");
        assertThat(program.arrivals()).containsEntry(held, 1);
    }

    @Test
    void aHeldPoolLeavesItsMailToTheOthersOfTheRoute() throws Exception {
        hold("pool", "one", "1h");
        for (int i = 0; i < 10; i++) {
            assertThat(program.eventually(submit(someone("aol.com")), "delivered").get("pool").asText()).isEqualTo("two");
        }
        JsonNode other = hold("pool", "two", "1h");
        String to = someone("aol.com");
        String id = submit(to);
        assertThat(program.eventually(id, "scheduled").get("detail").asText()).contains("pool one").contains("pool two");
        resume(other);
        assertThat(program.eventually(id, "delivered").get("pool").asText()).isEqualTo("two");
    }

    @Test
    void aDrainedPoolClosesTheConnectionsThatNobodyUsesAndSaysSo() throws Exception {
        program.eventually(submit(someone("gmail.com")), "delivered");
        await().atMost(TestProgram.PATIENCE).until(() -> program.management("/observe/metrics"), m -> metric(m, "dromedary_pool_connections_open{pool=\"one\"}") > 0);
        HttpResponse<String> drained = place("pool", "one", "1h", ",\"mode\":\"drain\"");
        assertThat(JSON.readTree(drained.body()).get("state").asText()).isEqualTo("drained");
        assertThat(JSON.readTree(drained.body()).get("in_flight").asInt()).isZero();
        await().atMost(TestProgram.PATIENCE).until(() -> program.management("/observe/metrics"), m -> metric(m, "dromedary_pool_connections_open{pool=\"one\"}") == 0);
    }

    private static double metric(String metrics, String name) {
        return metrics.lines().filter(line -> line.startsWith(name)).mapToDouble(line -> Double.parseDouble(line.substring(name.length()))).findFirst().orElse(-1);
    }

    @Test
    void aRestartKeepsTheHoldsAndWhatWaitsForThem() throws Exception {
        JsonNode stream = hold("stream", "news", "1h");
        hold("provider", "yahoo", "1h");
        String inStore = someone("gmail.com");
        String inBroker = someone("yahoo.com");
        String id = submit(inStore);
        submit(inBroker);
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from deferred where message_id = '" + id + "'") == 1);
        program.stop();
        program.startAgain();
        assertThat(holds()).extracting(hold -> hold.get("value").asText()).containsExactly("news", "yahoo");
        assertNotSent(inStore, inBroker);
        resume(stream);
        program.eventually(id, "delivered");
        assertNotSent(inBroker);
        liftAll();
        program.awaitArrivals(List.of(inBroker));
    }

    @Test
    void nothingIsLostOrSentTwiceWhileHoldsComeAndGo() throws Exception {
        List<String> all = new ArrayList<>();
        List<Map.Entry<String, String>> things = List.of(Map.entry("pool", "one"), Map.entry("provider", "google"), Map.entry("stream", "news"), Map.entry("campaign", "spring sale/1"));
        for (int round = 0; round < 8; round++) {
            var thing = things.get(round % things.size());
            JsonNode hold = hold(thing.getKey(), thing.getValue(), "1h");
            for (int i = 0; i < 10; i++) {
                all.add(someone(i % 2 == 0 ? "gmail.com" : "yahoo.com"));
                submit(all.get(all.size() - 1));
            }
            resume(hold);
        }
        program.awaitArrivals(all);
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from deferred where held_by is not null") == 0);
        assertThat(program.arrivals().entrySet().stream().filter(e -> all.contains(e.getKey()))).allMatch(e -> e.getValue() == 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"kind":"pool","value":"one"}                                       | FIELD_MISSING | reason
            {"kind":"pool","value":"one","reason":" "}                          | FIELD_MISSING | reason
            {"kind":"pool","value":"one","reason":"a\\nb"}                      | FIELD_INVALID | reason
            {"kind":"pool","value":"three","reason":"x"}                        | FIELD_INVALID | value
            {"kind":"provider","value":"gogle","reason":"x"}                    | FIELD_INVALID | value
            {"kind":"stream","value":"","reason":"x"}                           | FIELD_INVALID | value
            {"kind":"domain","value":"one","reason":"x"}                        | FIELD_INVALID | kind
            {"value":"one","reason":"x"}                                        | FIELD_MISSING | kind
            {"kind":"pool","reason":"x"}                                        | FIELD_MISSING | value
            {"kind":"pool","value":1,"reason":"x"}                              | FIELD_INVALID | value
            {"kind":"pool","value":"one","reason":"x","for":"8d"}               | FIELD_INVALID | for
            {"kind":"pool","value":"one","reason":"x","for":"0s"}               | FIELD_INVALID | for
            {"kind":"pool","value":"one","reason":"x","for":"-1h"}              | FIELD_INVALID | for
            {"kind":"pool","value":"one","reason":"x","for":"soon"}             | FIELD_INVALID | for
            {"kind":"stream","value":"news","reason":"x","mode":"drain"}        | FIELD_INVALID | mode
            {"kind":"pool","value":"one","reason":"x","mode":"stop"}            | FIELD_INVALID | mode
            {"kind":"pool","value":"one","reason":"x","until":"noon"}           | FIELD_UNKNOWN | until
            []                                                                  | JSON_MALFORMED | body
            """)
    void badInputIsRefusedAndHoldsNothing(String body, String code, String subject) throws Exception {
        HttpResponse<String> answer = program.call("POST", "/v1/holds", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).get("error").get("code").asText()).isEqualTo(code);
        assertThat(JSON.readTree(answer.body()).get("error").get("subject").asText()).isEqualTo(subject);
        assertThat(holds()).isEmpty();
    }

    @Test
    void liftingNeedsAReasonAndAHoldThatIsInForce() throws Exception {
        JsonNode hold = hold("stream", "other", "1h");
        assertThat(program.call("DELETE", "/v1/holds/" + hold.get("id").asText(), "").body()).contains("FIELD_MISSING").contains("reason");
        assertThat(program.call("DELETE", "/v1/holds/999999?reason=x", "").statusCode()).isEqualTo(404);
        assertThat(program.call("DELETE", "/v1/holds/none?reason=x", "").statusCode()).isEqualTo(404);
        resume(hold);
        assertThat(program.call("DELETE", "/v1/holds/" + hold.get("id").asText() + "?reason=x", "").statusCode()).isEqualTo(404);
        JsonNode entry = audit().get(0);
        assertThat(entry.get("action").asText()).isEqualTo("hold.resume");
        assertThat(entry.get("subject").asText()).isEqualTo("stream:other");
        assertThat(entry.get("reason").asText()).isEqualTo("m\u00fcde, 100 % done & over");
        assertThat(entry.get("by").asText()).isEqualTo("local");
    }

    @Test
    void whatWasDoneAndHeldLongAgoIsForgotten() throws Exception {
        try (var connection = program.wiring().database().dataSource().getConnection(); var insert = connection.createStatement()) {
            insert.execute("insert into audit (at, made_by, action, subject, reason) select now() - days * interval '1 day', 'ops', 'test', 's', 'r' from unnest(array[399, 401]) days");
            insert.execute("insert into hold (kind, value, mode, reason, made_by, since, expires, ended) select 'stream', 'old', 'pause', 'r', 'ops', now() - interval '500 days', now(),"
                    + " now() - days * interval '1 day' from unnest(array[399, 401]) days");
        }
        program.camel().getRegistry().lookupByNameAndType("auditUpkeep", AuditUpkeep.class).purge();
        assertThat(program.count("select count(*) from audit where action = 'test'")).isOne();
        assertThat(program.count("select count(*) from hold where value = 'old'")).isOne();
    }

    private static void assertNotSent(String... recipients) {
        await().during(QUIET).atMost(QUIET.plusSeconds(2)).until(() -> program.arrivals().keySet().stream().noneMatch(List.of(recipients)::contains));
    }

    private static String someone(String domain) {
        return "someone" + number++ + "@" + domain;
    }

    private static String submit(String to) throws Exception {
        HttpResponse<String> answer = program.call("POST", "/v1/messages",
                "{\"from\":\"shop@example.com\",\"to\":\"" + to + "\",\"subject\":\"s\",\"text\":\"t\",\"stream\":\"news\",\"campaign\":\"spring sale/1\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).get("message_id").asText();
    }

    private static JsonNode hold(String kind, String value, String length) throws Exception {
        return JSON.readTree(place(kind, value, length, "").body());
    }

    private static HttpResponse<String> place(String kind, String value, String length, String more) throws Exception {
        HttpResponse<String> answer = program.call("POST", "/v1/holds",
                "{\"kind\":\"%s\",\"value\":\"%s\",\"reason\":\"a test\",\"for\":\"%s\"%s}".formatted(kind, value, length, more));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private static void resume(JsonNode hold) throws Exception {
        String reason = URLEncoder.encode("m\u00fcde, 100 % done & over", StandardCharsets.UTF_8);
        HttpResponse<String> answer = program.call("DELETE", "/v1/holds/" + hold.get("id").asText() + "?reason=" + reason, "");
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 404);
    }

    private static JsonNode holds() throws Exception {
        return JSON.readTree(program.call("GET", "/v1/holds", "").body()).get("holds");
    }

    private static JsonNode audit() throws Exception {
        return JSON.readTree(program.call("GET", "/v1/audit", "").body()).get("audit");
    }
}
