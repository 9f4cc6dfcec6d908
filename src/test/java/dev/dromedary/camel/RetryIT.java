package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.smtp.Sandbox;
import dev.dromedary.smtp.SandboxMessage;
import dev.dromedary.store.BrokerFault;
import dev.dromedary.store.MessageCodec;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of mail that is not taken at once: other pools, retries, reports to the sender, send windows. */
class RetryIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static final Map<String, Sandbox> THREE = new TreeMap<>();

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        // Opens for an hour in two hours' time, so that it is closed while the test runs.
        var opening = Instant.now().plus(Duration.ofHours(2)).atZone(ZoneOffset.UTC);
        String window = String.format("%02d:00-%02d:00 UTC", opening.getHour(), (opening.getHour() + 1) % 24);
        program = TestProgram.start(folder, """
                retry: {schedule: "1s, 2s*2, 1h", jitter: 0, by-category: {network-transient: "1s"}}
                providers:
                  yahoo: {retry: {by-category: {defer-other-pool: "1s, 1h"}}}
                streams:
                  newsletter: {send-window: "%s"}
                  receipts: {max-age: 3s}
                dsn: {streams: [receipts], reporting-mta: out.example.com}
                pools:
                  - {id: sink, host: 127.0.0.1, port: $SINK, tls: none}
                  - {id: a, host: 127.0.0.1, port: %d, tls: none}
                  - {id: b, host: 127.0.0.1, port: %d, tls: none}
                  - {id: c, host: 127.0.0.1, port: %d, tls: none}
                delivery-routes:
                  - {id: three, recipients: ["provider:yahoo"], pools: [a, b, c]}
                  - {id: default, recipients: ["*"], pools: [sink]}
                """.formatted(window, three("a"), three("b"), three("c")));
    }

    private static int three(String pool) throws Exception {
        Sandbox sandbox = new Sandbox(new DromedaryConfig.Sandbox(true, 0, 10), Clock.systemUTC());
        sandbox.start();
        THREE.put(pool, sandbox);
        return sandbox.port();
    }

    @AfterAll
    static void stop() {
        program.close();
        THREE.values().forEach(Sandbox::close);
    }

    @Test
    void whatEveryPoolIsRefusedForIsOfferedToTwoOfThreeAndNextTimeToTheThirdFirst() throws Exception {
        String id = submit("\"to\":\"block-three@yahoo.com\"");
        await().atMost(TestProgram.PATIENCE).until(() -> attempts(id).size() == 2);
        List<JsonNode> attempts = attempts(id);
        assertThat(attempts).allSatisfy(attempt -> assertThat(attempt.get("category").asText()).isEqualTo("defer-other-pool"));
        String last = attempts.get(0).get("pool").asText();
        assertThat(THREE.values().stream().mapToLong(Sandbox::refused).sum()).as("two attempts of two pools").isEqualTo(4);
        assertThat(THREE.get(last).refused()).as("the pool that refused last, left out of the second attempt").isEqualTo(1);
        assertThat(THREE.values()).allSatisfy(pool -> assertThat(pool.refused()).isPositive());
    }

    @Test
    void theScheduleIsFollowed() throws Exception {
        String id = submit("\"to\":\"tempfail-schedule@gmail.com\"");
        await().atMost(TestProgram.PATIENCE).until(() -> attempts(id).size() == 4);
        List<JsonNode> attempts = attempts(id);
        List<Long> waits = new ArrayList<>();
        for (JsonNode attempt : attempts) {
            waits.add(Duration.between(Instant.parse(attempt.get("at").asText()), Instant.parse(attempt.get("next_attempt").asText())).plusMillis(500).toSeconds());
        }
        assertThat(waits).containsExactly(1L, 2L, 2L, 3_600L);
    }

    @Test
    void aBounceIsReportedToTheSenderWhoAskedForIt() throws Exception {
        String id = submit("\"to\":\"bounce-dsn@gmail.com\",\"dsn\":\"failure\",\"from\":\"asked@example.com\"");
        program.eventually(id, "bounced");
        SandboxMessage report = await().atMost(TestProgram.PATIENCE).until(() -> reportTo("asked@example.com"), found -> found != null);
        assertThat(report.from()).as("null reverse-path").isNull();
        assertThat(new String(report.content(), StandardCharsets.UTF_8)).contains("report-type=delivery-status").contains("Final-Recipient: rfc822; bounce-dsn@gmail.com")
                .contains("Action: failed").contains("Status: 5.1.1").contains("Diagnostic-Code: smtp; 550 5.1.1").contains("Subject: s");
        program.eventually(id + ".dsn1", "delivered");
        assertThat(program.arrivals()).containsEntry("asked@example.com", 1);
    }

    @Test
    void whoDidNotAskGetsNoReportAndAReportThatBouncesCausesNoOther() throws Exception {
        String silent = submit("\"to\":\"bounce-silent@gmail.com\",\"from\":\"silent@example.com\"");
        String looping = submit("\"to\":\"bounce-loop@gmail.com\",\"dsn\":\"failure\",\"from\":\"bounce-sender@example.com\"");
        program.eventually(silent, "dead-lettered");
        program.eventually(looping + ".dsn1", "bounced");
        program.eventually(looping + ".dsn1", "dead-lettered");
        program.eventually(program.submit("after-loop@gmail.com"), "delivered");
        assertThat(program.count("select count(*) from event where kind = 'accepted' and way = 'dsn' and message_id like '" + looping + "%'")).isEqualTo(1);
        assertThat(program.arrivals()).doesNotContainKey("silent@example.com");
    }

    @Test
    void mailThatIsWorthNothingLaterExpiresWithItsEventAndReport() throws Exception {
        String ofStream = submit("\"to\":\"tempfail-receipt@gmail.com\",\"stream\":\"receipts\",\"from\":\"stream@example.com\"");
        String own = submit("\"to\":\"tempfail-own@gmail.com\",\"max_age\":\"2s\",\"dsn\":\"failure\",\"from\":\"own@example.com\"");
        String once = submit("\"to\":\"tempfail-once@gmail.com\",\"max_retries\":0");
        assertThat(program.eventually(once, "expired").get("code").asInt()).isEqualTo(451);
        program.eventually(ofStream, "expired");
        program.eventually(own, "dead-lettered");
        await().atMost(TestProgram.PATIENCE).until(() -> reportTo("stream@example.com") != null && reportTo("own@example.com") != null);
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from dead_letter where message_id = '" + own + "' and max_age = 2 and dsn = 'failure' and outcome = 'expired'") == 1);
    }

    @Test
    void mailOutsideItsSendWindowWaitsForTheOpening() throws Exception {
        String now = submit("\"to\":\"window@gmail.com\",\"stream\":\"newsletter\"");
        Instant later = Instant.now().plus(Duration.ofDays(2));
        String scheduled = submit("\"to\":\"window-later@gmail.com\",\"stream\":\"newsletter\",\"scheduled_time\":\"" + later + "\"");
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from deferred where message_id in ('" + now + "', '" + scheduled + "') and kind = 'scheduled'") == 2);
        assertThat(program.count("select extract(minute from next_attempt)::int from deferred where message_id = '" + now + "'")).isZero();
        assertThat(program.count("select count(*) from deferred where message_id = '" + now + "' and next_attempt between now() + interval '1 hour' and now() + interval '2 hours'")).isEqualTo(1);
        assertThat(program.count("select count(*) from deferred where message_id = '" + scheduled + "' and next_attempt >= '" + later + "'")).as("the later of the two").isEqualTo(1);
        assertThat(program.arrivals()).doesNotContainKeys("window@gmail.com", "window-later@gmail.com");
    }

    @Test
    void whatIsInItsLaneWhenTheWindowClosesGoesBackToWait() throws Exception {
        var envelope = new Envelope("late-1", "late-1", EmailAddress.parse("shop@example.com"), EmailAddress.parse("late@gmail.com"), "google", "newsletter", null, List.of(), 100, 3,
                Instant.now(), 1, 12);
        program.jms().send("mail.lane.google", session -> MessageCodec.toMessage(session, envelope, "Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from deferred where message_id = 'late-1' and attempt = 1 and next_attempt > now() + interval '1 hour'") == 1);
        assertThat(program.arrivals()).doesNotContainKey("late@gmail.com");
    }

    @Test
    void theReportAndTheDeadLetterAreFiledTogetherOrNotAtAll() throws Exception {
        String id;
        try (BrokerFault fault = BrokerFault.refusing(Objects.requireNonNull(program.wiring().broker()), queue -> queue.equals("mail.lane.gmx"))) {
            id = submit("\"to\":\"bounce-together@orange.fr\",\"dsn\":\"failure\",\"from\":\"together@gmx.de\"");
            await().atMost(TestProgram.PATIENCE).until(() -> fault.refusals() > 0);
            await().atMost(TestProgram.PATIENCE).until(() -> program.depth("mail.lane.orange") == 1);
            assertThat(program.event(id, "bounced")).isNull();
            assertThat(program.count("select count(*) from dead_letter where message_id = '" + id + "'")).isZero();
        }
        program.eventually(id, "bounced");
        program.eventually(id + ".dsn1", "delivered");
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from dead_letter where message_id = '" + id + "'") == 1);
        assertThat(program.arrivals()).containsEntry("together@gmx.de", 1);
    }

    private static SandboxMessage reportTo(String address) {
        return program.sink().messages().stream().filter(message -> message.to().equals(List.of(address))).findFirst().orElse(null);
    }

    private static List<JsonNode> attempts(String id) throws Exception {
        List<JsonNode> attempts = new ArrayList<>();
        for (JsonNode event : JSON.readTree(program.call("GET", "/v1/messages/" + id, "").body()).path("events")) {
            if (Set.of("deferred").contains(event.get("event").asText())) {
                attempts.add(event);
            }
        }
        return attempts;
    }

    private static String submit(String fields) throws Exception {
        String from = fields.contains("\"from\"") ? "" : ",\"from\":\"shop@example.com\"";
        HttpResponse<String> answer = program.call("POST", "/v1/messages", "{" + fields + from + ",\"subject\":\"s\",\"text\":\"t\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).get("message_id").asText();
    }
}
