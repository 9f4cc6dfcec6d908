package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Telling;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program answers, against docs/openapi.yaml: the whole program, with mail that was delivered, put off and refused. */
class OpenApiIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern KNOWN = Pattern.compile("(?:known are|use only) (.*)");
    private static final List<String> BODIES = List.of("POST", "PUT");

    @TempDir
    static Path folder;

    private static TestProgram program;
    private static HookServer hooks;
    private static OpenApiFile file;

    @BeforeAll
    static void start() throws Exception {
        file = new OpenApiFile();
        hooks = new HookServer();
        program = TestProgram.start(folder, TestProgram.ONE_POOL + "alerts: {webhooks: [{name: ops, url: \"" + hooks.url("/ops") + "\", secret-env: HOOK_SECRET}]}\n",
                Map.of("HOOK_SECRET", "a-secret-of-24-characters"), Duration.ofSeconds(1));
    }

    @AfterAll
    static void stop() {
        program.close();
        hooks.close();
    }

    @Test
    void itIsServed() throws Exception {
        HttpResponse<String> answer = program.call("GET", "/v1/openapi.yaml", "");
        assertThat(answer.body()).isEqualTo(Files.readString(OpenApiFile.FILE));
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/yaml");
    }

    @Test
    void theNodeSaysThatItIsReadyAndSinceWhenItRuns() throws Exception {
        JsonNode node = JSON.readTree(get("/v1/node").body());
        assertThat(node.path("ready").asBoolean()).as(node.toString()).isTrue();
        assertThat(node.path("down")).isEmpty();
        assertThat(node.path("started").asText()).isLessThan(node.path("at").asText());
    }

    @Test
    void everyAnswerIsAsDescribed() throws Exception {
        HttpResponse<String> receipt = program.call("POST", "/v1/messages", TestProgram.json("ann@gmail.com"));
        asDescribed("POST", "/v1/messages", receipt);
        String delivered = JSON.readTree(receipt.body()).path("message_id").asText();
        String deferred = program.submit("tempfail@gmail.com");
        String bounced = program.submit("bounce@gmail.com");
        String throttled = program.submit("throttle@outlook.com");
        program.eventually(delivered, "delivered");
        program.eventually(deferred, "deferred");
        program.eventually(bounced, "dead-lettered");
        program.eventually(throttled, "deferred");
        asDescribed("GET", "/v1/messages/{id}", get("/v1/messages/" + bounced));
        await().atMost(TestProgram.PATIENCE).until(() -> total("/v1/dead-letters") == 1 && total("/v1/deferred") == 2 && total("/v1/reactions") > 0 && total("/v1/suppressions") > 0);
        await().atMost(TestProgram.PATIENCE).until(() -> total("/v1/reputation") > 0);
        for (String path : List.of("status", "config", "messages", "messages?recipient=BOUNCE@gmail.com&state=bounced&sender=@example.com", "throughput", "node", "history", "history?step=hour&by=provider&gauge=heap,cpu", "matrix", "matrix?all=true", "lanes", "deferred", "dead-letters", "holds", "audit", "reactions", "warnings", "alerts?state=all", "alerts/silences", "reputation", "content", "warm-ups",
                "explain?to=ann@outlook.com", "suppressions", "dead-letters/" + bounced)) {
            HttpResponse<String> answer = get("/v1/" + path);
            asDescribed("GET", "/v1/" + path.replaceFirst("\\?.*", "").replaceFirst("(?<!alerts)/.*", "/{id}"), answer);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
        }
        operations(deferred, bounced);
    }

    private static void operations(String deferred, String bounced) throws Exception {
        asDescribed("POST", "/v1/holds", program.call("POST", "/v1/holds", "{\"kind\":\"pool\",\"value\":\"sink\",\"reason\":\"r\",\"for\":\"1m\"}"));
        HttpResponse<String> holds = get("/v1/holds");
        asDescribed("GET", "/v1/holds", holds);
        asDescribed("DELETE", "/v1/holds/{id}", program.call("DELETE", "/v1/holds/" + JSON.readTree(holds.body()).at("/holds/0/id").asText() + "?reason=r", ""));
        String reaction = JSON.readTree(get("/v1/reactions").body()).at("/reactions/0/id").asText();
        asDescribed("POST", "/v1/reactions/{id}/lift", program.call("POST", "/v1/reactions/" + java.net.URLEncoder.encode(reaction, java.nio.charset.StandardCharsets.UTF_8) + "/lift?reason=r", ""));
        asDescribed("POST", "/v1/deferred/retry", program.call("POST", "/v1/deferred/retry", "{\"id\":\"" + deferred + "\",\"reason\":\"r\"}"));
        asDescribed("POST", "/v1/deferred/bounce", program.call("POST", "/v1/deferred/bounce", "{\"provider\":\"outlook\",\"reason\":\"r\"}"));
        asDescribed("POST", "/v1/deferred/reroute", program.call("POST", "/v1/deferred/reroute", "{\"all\":true,\"to_pool\":\"sink\",\"reason\":\"r\"}"));
        asDescribed("DELETE", "/v1/dead-letters/{id}", program.call("DELETE", "/v1/dead-letters/" + bounced + "?reason=r", ""));
        asDescribed("POST", "/v1/dead-letters/{id}/replay", program.call("POST", "/v1/dead-letters/all/replay?reason=r", ""));
        asDescribed("POST", "/v1/suppressions", program.call("POST", "/v1/suppressions", "{\"address\":\"gone@example.org\",\"detail\":\"d\"}"));
        asDescribed("DELETE", "/v1/suppressions/{address}", program.call("DELETE", "/v1/suppressions/gone@example.org?reason=r", ""));
        asDescribed("POST", "/v1/complaints", program.call("POST", "/v1/complaints", "{\"address\":\"cross@example.org\"}"));
        asDescribed("POST", "/v1/engagement", program.call("POST", "/v1/engagement", "{\"kind\":\"reply\",\"recipient\":\"ann@example.org\"}"));
        asDescribed("GET", "/v1/engagement/{recipient}", get("/v1/engagement/ann@example.org"));
        asDescribed("DELETE", "/v1/engagement/{recipient}", program.call("DELETE", "/v1/engagement/ann@example.org?reason=r", ""));
        asDescribed("DELETE", "/v1/suppressions", program.call("DELETE", "/v1/suppressions?domain=example.org&why=r", ""));
        asDescribed("POST", "/v1/cancel", program.call("POST", "/v1/cancel", "{\"campaign\":\"c\",\"reason\":\"r\"}"));
        asDescribed("POST", "/v1/warm-ups", program.call("POST", "/v1/warm-ups", "{\"pool\":\"sink\",\"provider\":\"google\",\"action\":\"start\",\"reason\":\"r\"}"));
        asDescribed("GET", "/v1/warm-ups", get("/v1/warm-ups"));
        asDescribed("GET", "/v1/explain", get("/v1/explain?to=ann@gmail.com"));
        assertThat(JSON.readTree(get("/v1/explain?to=ann@gmail.com").body()).at("/pools/0/warm_up/stage").asInt()).isEqualTo(1);
        alerts();
        asDescribed("GET", "/v1/audit", get("/v1/audit"));
        for (HttpResponse<String> refused : List.of(get("/v1/messages/none"), get("/v1/sandbox/messages"), get("/v1/deferred?kind=none"))) {
            assertThat(file.faults(file.root().at("/components/schemas/Problem"), JSON.readTree(refused.body()))).isEmpty();
        }
    }

    private static void alerts() throws Exception {
        HttpResponse<String> silence = program.call("POST", "/v1/alerts/silences", "{\"rule\":\"errors-high\",\"for\":\"1h\",\"reason\":\"r\"}");
        asDescribed("POST", "/v1/alerts/silences", silence);
        asDescribed("GET", "/v1/alerts/silences", get("/v1/alerts/silences"));
        asDescribed("DELETE", "/v1/alerts/silences/{id}", program.call("DELETE", "/v1/alerts/silences/" + JSON.readTree(silence.body()).get("id").asText() + "?reason=r", ""));
        try (var connection = program.wiring().database().dataSource().getConnection(); var insert = connection.createStatement()) {
            insert.execute("insert into alert (id, rule, by_what, subject, metric, unit, severity, state, text, suggested, since, updated) values ('a-1', 'node-silent', 'node', 'n', 'node-silent', 's', 'warning',"
                    + " 'open', 't', '{do}', now(), now())");
        }
        asDescribed("POST", "/v1/alerts/{id}/acknowledge", program.call("POST", "/v1/alerts/a-1/acknowledge", "{\"by\":\"ann\",\"reason\":\"r\"}"));
        asDescribed("GET", "/v1/alerts", get("/v1/alerts?state=all"));
        TestNotices.write(program.wiring().database().dataSource(), new Telling(TestNotices.alert(Instant.now(), "a-1", Severity.WARNING, "n", "t"), Telling.Kind.OPENED), Instant.now(), "webhook/ops",
                "webhook/former");
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from alert_notice where sent") == 1);
        asDescribed("GET", "/v1/alerts/{id}", get("/v1/alerts/a-1"));
        asDescribed("POST", "/v1/alerts/test", program.call("POST", "/v1/alerts/test", "{\"target\":\"ops\",\"reason\":\"r\"}"));
    }

    /** Each call is given an exchange that remembers which headers it reads: Camel hands a request's parameters over as headers. */
    @Test
    void everyCallReadsTheParametersDescribed() throws Exception {
        for (JsonNode route : OpenApiFile.routeNodes()) {
            String uri = route.at("/from/uri").asText();
            boolean bodyItself = route.at("/from/parameters/useBodyHandler").isBoolean();
            if (!uri.startsWith("platform-http:/v1/") || bodyItself) {
                continue;
            }
            JsonNode step = route.at("/from/steps/0/bean");
            Set<String> read = readBy(step.path("ref").asText(), step.path("method").asText());
            for (String method : route.at("/from/parameters/httpMethodRestrict").asText().split(",")) {
                OpenApiFile.Operation described = file.operation(method, uri.substring("platform-http:".length()));
                var named = new TreeSet<>(described.parameters("path", file));
                named.addAll(described.parameters("query", file));
                assertThat(named).as(described.toString()).isEqualTo(read);
            }
        }
    }

    private static Set<String> readBy(String bean, String method) throws Exception {
        var read = new TreeSet<String>();
        var exchange = new DefaultExchange(program.camel());
        exchange.setIn(new DefaultMessage(exchange) {
            @Override
            public <T> T getHeader(String name, Class<T> type) {
                read.add(name);
                return null;
            }
        });
        Object target = program.camel().getRegistry().lookupByName(bean);
        try {
            Arrays.stream(target.getClass().getMethods()).filter(one -> one.getName().equals(method)).findFirst().orElseThrow().invoke(target, exchange);
        } catch (ReflectiveOperationException refused) {
            // Without what it needs it refuses, after it has read what it was given.
        }
        read.removeAll(List.of("Authorization", "Host", "Origin"));
        return read;
    }

    /** A field that is not known is refused with those that are. */
    @Test
    void everyCallKnowsTheFieldsDescribed() throws Exception {
        for (OpenApiFile.Operation one : file.operations()) {
            JsonNode schema = file.resolved(one.node().at("/requestBody/content/application~1json/schema"));
            if (!BODIES.contains(one.method()) || schema.isMissingNode()) {
                continue;
            }
            HttpResponse<String> refused = program.call(one.method(), one.path().replaceAll("\\{\\w+}", "x"), "{\"no-such-field\":\"\"}");
            assertThat(refused.statusCode()).as(one.toString()).isEqualTo(400);
            JsonNode error = JSON.readTree(refused.body()).path("error");
            assertThat(error.path("code").asText()).isEqualTo("FIELD_UNKNOWN");
            var known = KNOWN.matcher(error.path("advice").asText());
            assertThat(known.find()).as(refused.body()).isTrue();
            var described = new TreeSet<String>();
            schema.path("properties").fieldNames().forEachRemaining(described::add);
            assertThat(new TreeSet<>(List.of(known.group(1).split(", ")))).as(one.toString()).isEqualTo(described);
        }
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return program.call("GET", path, "");
    }

    private static int total(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path).body()).path("total").asInt();
    }

    private static void asDescribed(String method, String path, HttpResponse<String> answer) throws IOException {
        String as = method + " " + path + ": " + answer.statusCode() + " " + answer.body();
        assertThat(answer.statusCode()).as(as).isLessThan(300);
        JsonNode described = file.resolved(file.operation(method, path).node().path("responses").path(String.valueOf(answer.statusCode())));
        JsonNode schema = described.at("/content/application~1json/schema");
        assertThat(schema.isMissingNode()).as(as).isFalse();
        assertThat(file.faults(schema, JSON.readTree(answer.body()))).as(as).isEmpty();
    }
}
