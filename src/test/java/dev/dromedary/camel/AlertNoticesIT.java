package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.FreePort;
import dev.dromedary.alert.Severity;
import dev.dromedary.camel.HookServer.Posted;
import dev.dromedary.config.AlertTargets;
import dev.dromedary.config.AlertTargets.Webhook;
import dev.dromedary.config.Secret;
import dev.dromedary.message.SubmissionReader;
import dev.dromedary.store.Notice;
import dev.dromedary.store.NoticeLines;
import dev.dromedary.store.NoticeStore;
import dev.dromedary.store.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks over real HTTP, with notices in a real database and a clock that the tests move. */
class AlertNoticesIT {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final byte[] KEY = "0123456789-0123456789-0123456789".getBytes(StandardCharsets.UTF_8);
    private static final Secret SECRET = new Secret("whsec_" + Base64.getEncoder().encodeToString(KEY));
    /** Long enough for a loaded machine; tests of silence take a shorter one. */
    private static final Duration PATIENT = Duration.ofMinutes(1);

    private final NoticeStore store = new NoticeStore(TestDatabase.dataSource());
    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private HookServer server;

    @BeforeEach
    void start() throws Exception {
        TestDatabase.empty();
        server = new HookServer();
        parts.add(server);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable part : parts) {
            part.close();
        }
    }

    @Test
    void aNoticeIsPostedOnceAndItsSignatureHolds() throws Exception {
        AlertNotices notices = notices(hook("ops", "/ops", PATIENT));
        assertThat(List.of("sent", "retried", "given_up")).as("from the start").allSatisfy(outcome -> assertThat(count(outcome)).isZero());
        TestNotices.write(NOW, "a", "webhook/ops");
        notices.send();
        awaitSent(1);
        notices.send();

        assertThat(server.posted()).hasSize(1);
        Posted posted = server.posted().get(0);
        assertThat(posted.method() + " " + posted.path()).isEqualTo("POST /ops");
        assertThat(posted.header("Content-Type")).isEqualTo("application/json");
        assertThat(posted.header("webhook-id")).matches("notice_[0-9a-f]{32}");
        assertThat(posted.header("webhook-timestamp")).isEqualTo(String.valueOf(NOW.getEpochSecond()));
        assertThat(posted.header("webhook-signature")).isEqualTo(signature(posted));
        JsonNode body = new ObjectMapper().readTree(posted.body());
        assertThat(body.get("type").asText()).isEqualTo("alert.opened");
        assertThat(body.get("timestamp").asText()).isEqualTo(NOW.toString());
        assertThat(body.at("/data/id").asText()).isEqualTo("a");
        assertThat(body.at("/data/severity").asText()).isEqualTo("critical");
        assertThat(count("sent")).isEqualTo(1);
    }

    @Test
    void afterAnErrorItIsTriedAgainUnderTheSameIdWithTheSameBody() throws Exception {
        AlertNotices notices = notices(hook("ops", "/ops", PATIENT));
        server.answer("/ops", 500, "Broken\r\n[ALERT_TOLD] forged");
        TestNotices.write(NOW, "a", "webhook/ops");
        notices.send();
        Notice.Line failed = awaitLine(one -> one.answer() != null);
        assertThat(failed.answer()).isEqualTo("answered 500: Broken [ALERT_TOLD] forged");
        assertThat(Duration.between(NOW, failed.due())).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
        notices.send();
        assertThat(server.posted()).as("not before it is due").hasSize(1);

        server.answer("/ops", 204, "");
        clock.set(failed.due());
        notices.send();
        awaitSent(1);
        Posted first = server.posted().get(0);
        Posted second = server.posted().get(1);
        assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("webhook-timestamp")).isNotEqualTo(first.header("webhook-timestamp"));
        assertThat(second.header("webhook-signature")).isEqualTo(signature(second));
        assertThat(count("retried")).isEqualTo(1);
        assertThat(count("sent")).isEqualTo(1);
    }

    @Test
    void aHookThatDoesNotAnswerIsTriedAgainUnderTheSameId() throws Exception {
        AlertNotices notices = notices(hook("ops", "/ops", Duration.ofSeconds(1)));
        var hangs = new CountDownLatch(1);
        parts.add(0, hangs::countDown);
        server.answer("/ops", exchange -> {
            hangs.await();
            HookServer.respond(exchange, 200, "");
        });
        TestNotices.write(NOW, "a", "webhook/ops");
        notices.send();
        Notice.Line failed = awaitLine(one -> one.answer() != null);
        assertThat(failed.answer()).isEqualTo("no answer within 1 s");
        server.answer("/ops", 200, "");
        clock.set(failed.due());
        notices.send();
        // On a loaded machine the second may take longer than a second too; then it is tried again.
        await().atMost(TestProgram.PATIENCE).until(() -> {
            Notice.Line line = latest().get(0);
            clock.set(line.due());
            notices.send();
            return sent(line);
        });
        assertThat(server.posted()).hasSizeGreaterThan(1).extracting(one -> one.header("webhook-id")).containsOnly(server.posted().get(0).header("webhook-id"));
    }

    @Test
    void whereNobodyListensItSaysSoAndIsTriedAgain() throws Exception {
        AlertNotices notices = notices(new Webhook("ops", URI.create("http://127.0.0.1:" + FreePort.next() + "/hush"), List.of(SECRET), Severity.WARNING, PATIENT));
        TestNotices.write(NOW, "a", "webhook/ops");
        notices.send();
        assertThat(awaitLine(one -> one.answer() != null)).satisfies(one -> {
            assertThat(one.answer()).startsWith("no answer: ConnectException").doesNotContain("hush");
            assertThat(one.doneAt()).isNull();
        });
    }

    @Test
    void whereTheAnswerNeverEndsAYesIsAYesAndOfANoOnlyTheBeginningIsRead() throws Exception {
        AlertNotices notices = notices(hook("yes", "/yes", PATIENT), hook("no", "/no", PATIENT));
        server.answer("/yes", exchange -> HookServer.endless(exchange, 200));
        server.answer("/no", exchange -> HookServer.endless(exchange, 503));
        TestNotices.write(NOW, "a", "webhook/yes");
        TestNotices.write(NOW, "b", "webhook/no");
        notices.send();
        awaitSent(1);
        assertThat(awaitLine(one -> one.answer() != null).answer()).startsWith("answered 503: xxx").hasSizeLessThanOrEqualTo(500);
    }

    @Test
    void whereTheReceiverIsGoneItIsGivenUpAtOnce() throws Exception {
        AlertNotices notices = notices(hook("ops", "/ops", PATIENT));
        server.answer("/ops", 410, "");
        TestNotices.write(NOW, "a", "webhook/ops");
        notices.send();
        Notice.Line gone = awaitLine(one -> one.doneAt() != null);
        assertThat(sent(gone)).isFalse();
        assertThat(gone.attempts()).isEqualTo(1);
        assertThat(count("given_up")).isEqualTo(1);
    }

    @Test
    void aHookIsNotAskedAgainBeforeItWantsToBe() throws Exception {
        AlertNotices notices = notices(hook("seconds", "/seconds", PATIENT), hook("date", "/date", PATIENT), hook("never", "/never", PATIENT), hook("soon", "/soon", PATIENT), hook("other", "/other", PATIENT));
        retryAfter("/seconds", 429, "120");
        retryAfter("/date", 503, "Mon, 02 Mar 2026 11:30:00 GMT");
        retryAfter("/never", 503, "9999999");
        retryAfter("/soon", 503, "1");
        retryAfter("/other", 500, "120");
        TestNotices.write(NOW, "a", "webhook/seconds", "webhook/date", "webhook/never", "webhook/soon", "webhook/other");
        notices.send();
        await().atMost(TestProgram.PATIENCE).until(() -> count("retried") == 5);
        assertThat(due("seconds")).isEqualTo(NOW.plusSeconds(120));
        assertThat(due("date")).isEqualTo(Instant.parse("2026-03-02T11:30:00Z"));
        assertThat(due("never")).as("the last attempt").isEqualTo(NOW.plus(Duration.ofHours(24)));
        assertThat(due("soon")).as("the usual wait is longer").isAfter(NOW.plusSeconds(8));
        assertThat(due("other")).as("of a 500 it is not heeded").isBefore(NOW.plusSeconds(12));

        clock.set(NOW.plusSeconds(119));
        notices.send();
        assertThat(server.posted()).extracting(Posted::path).filteredOn("/seconds"::equals).hasSize(1);
        server.answer("/seconds", 204, "");
        clock.set(NOW.plusSeconds(120));
        notices.send();
        awaitSent(1);
    }

    private void retryAfter(String path, int status, String value) {
        server.answer(path, exchange -> {
            exchange.getResponseHeaders().set("Retry-After", value);
            HookServer.respond(exchange, status, "");
        });
    }

    private static Instant due(String hook) throws SQLException {
        return latest().stream().filter(one -> one.target().equals("webhook/" + hook)).findFirst().orElseThrow().due();
    }

    @Test
    void whileASecretChangesBothSign() throws Exception {
        String other = "another-secret-of-24-and-more";
        AlertNotices notices = notices(new Webhook("ops", server.url("/ops"), List.of(new Secret(other), SECRET), Severity.WARNING, PATIENT));
        TestNotices.write(NOW, "a", "webhook/ops");
        notices.send();
        awaitSent(1);
        Posted posted = server.posted().get(0);
        assertThat(posted.header("webhook-signature")).isEqualTo(signature(other.getBytes(StandardCharsets.UTF_8), posted) + " " + signature(KEY, posted));
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        AlertNotices notices = notices(hook("ops", "/ops", PATIENT));
        server.answer("/ops", exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            HookServer.respond(exchange, 307, "");
        });
        TestNotices.write(NOW, "a", "webhook/ops");
        notices.send();
        assertThat(awaitLine(one -> one.answer() != null).answer()).startsWith("answered 307, and redirects are not followed");
        assertThat(server.posted()).extracting(Posted::path).containsExactly("/ops");
    }

    @Test
    void afterADayItIsGivenUp() throws Exception {
        AlertNotices notices = notices(hook("ops", "/ops", PATIENT));
        server.answer("/ops", 500, "");
        TestNotices.write(NOW, "a", "webhook/ops");
        for (int attempt = 1; latest().get(0).doneAt() == null; attempt++) {
            int number = attempt;
            notices.send();
            // The error of the attempt before is still there, so what tells is that it is no longer under way.
            await().atMost(TestProgram.PATIENCE).until(() -> count("retried") + count("given_up") == number);
            clock.set(latest().get(0).due());
        }
        Notice.Line last = latest().get(0);
        assertThat(sent(last)).isFalse();
        assertThat(last.doneAt()).isEqualTo(NOW.plus(Duration.ofHours(24)));
        assertThat(last.attempts()).isBetween(25, 35);
        assertThat(count("given_up")).isEqualTo(1);
        assertThat(server.posted()).extracting(one -> one.header("webhook-id")).containsOnly(server.posted().get(0).header("webhook-id"));
    }

    @Test
    void twoNodesTellEachNoticeOnce() throws Exception {
        Webhook hook = hook("ops", "/ops", PATIENT);
        AlertNotices one = notices(hook);
        AlertNotices other = notices(hook);
        for (int i = 0; i < 40; i++) {
            TestNotices.write(NOW, "a" + i, "webhook/ops");
        }
        await().atMost(TestProgram.PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
            one.send();
            other.send();
            return sent() == 40;
        });
        assertThat(server.posted()).hasSize(40).extracting(posted -> posted.header("webhook-id")).doesNotHaveDuplicates();
    }

    @Test
    void whatANodeHadTakenWhenItDiedAnotherTellsOnceTheLeaseIsOver() throws Exception {
        TestNotices.write(NOW, "a", "webhook/ops");
        assertThat(store.claim("webhook/ops", NOW, Duration.ofMinutes(2), 1)).hasSize(1);
        AlertNotices notices = notices(hook("ops", "/ops", PATIENT));
        notices.send();
        clock.set(NOW.plus(Duration.ofMinutes(2)));
        notices.send();
        awaitSent(1);
        assertThat(server.posted()).hasSize(1);
    }

    @Test
    void aSlowHookIsAskedAFewTimesAtOnceAndHoldsUpNoOther() throws Exception {
        AlertNotices notices = notices(hook("slow", "/slow", PATIENT), hook("fast", "/fast", PATIENT));
        var hangs = new CountDownLatch(1);
        parts.add(0, hangs::countDown);
        server.answer("/slow", exchange -> {
            hangs.await();
            HookServer.respond(exchange, 200, "");
        });
        for (int i = 0; i < 10; i++) {
            TestNotices.write(NOW, "a" + i, "webhook/slow", "webhook/fast");
        }
        await().atMost(TestProgram.PATIENCE).until(() -> {
            notices.send();
            return sent() == 10;
        });
        await().atMost(TestProgram.PATIENCE).until(() -> server.posted().stream().filter(one -> one.path().equals("/slow")).count() == AlertNotices.IN_FLIGHT);
        notices.send();
        assertThat(latest().stream().filter(one -> one.target().equals("webhook/slow") && one.attempts() > 0)).hasSize(AlertNotices.IN_FLIGHT);
    }

    @Test
    void aReceiverThatIsNoLongerConfiguredIsWaitedForADay() throws Exception {
        TestNotices.write(NOW, "a", "webhook/former");
        clock.set(NOW.plus(Duration.ofHours(25)));
        notices().send();
        assertThat(latest().get(0)).satisfies(one -> {
            assertThat(sent(one)).isFalse();
            assertThat(one.doneAt()).isEqualTo(clock.get());
        });
        assertThat(count("given_up")).isEqualTo(1);
    }

    private AlertNotices notices(Webhook... hooks) {
        var wiring = new AlertNoticeWiring(new AlertTargets(List.of(hooks), AlertTargets.NONE.mail()), store, new SubmissionReader(10, 1_000_000), () -> {
            throw new IllegalStateException("nobody is told by mail here");
        }, registry, "n1", clock::get, new Random(5));
        parts.add(wiring);
        return wiring.notices();
    }

    private Webhook hook(String name, String path, Duration timeout) {
        return new Webhook(name, server.url(path), List.of(SECRET), Severity.WARNING, timeout);
    }

    private static String signature(Posted posted) throws Exception {
        return signature(KEY, posted);
    }

    private static String signature(byte[] key, Posted posted) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal((posted.header("webhook-id") + "." + posted.header("webhook-timestamp") + "." + posted.body()).getBytes(StandardCharsets.UTF_8)));
    }

    private double count(String outcome) {
        return registry.get("dromedary.alerts.notices").tag("target", "webhook").tag("outcome", outcome).counter().count();
    }

    private static boolean sent(Notice.Line one) {
        return one.state() == Notice.State.TOLD;
    }

    private static List<Notice.Line> latest() throws SQLException {
        return NoticeLines.latest(TestDatabase.dataSource());
    }

    private long sent() throws Exception {
        return latest().stream().filter(AlertNoticesIT::sent).count();
    }

    private void awaitSent(int number) {
        await().atMost(TestProgram.PATIENCE).until(() -> sent() == number);
        await().atMost(TestProgram.PATIENCE).until(() -> count("sent") == number);
    }

    private Notice.Line awaitLine(Predicate<Notice.Line> such) {
        await().atMost(TestProgram.PATIENCE).until(() -> latest().stream().anyMatch(such) && count("retried") + count("given_up") > 0);
        try {
            return latest().stream().filter(such).findFirst().orElseThrow();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
