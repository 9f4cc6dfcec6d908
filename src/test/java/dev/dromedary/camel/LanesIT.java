package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.store.BrokerFault;
import dev.dromedary.store.DiskFill;
import dev.dromedary.store.EmbeddedBroker;
import dev.dromedary.store.MessageCodec;
import jakarta.jms.Message;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traps of a lane: what a fault of the broker, of its disk or of a message may not do to mail. */
class LanesIT {
    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, """
                pools:
                  - {id: sink, host: 127.0.0.1, port: $SINK, tls: none, max-connections: 200, limits: {yahoo: {max-connections: 2}}}
                retry: {initial: 1h}
                """);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    private static EmbeddedBroker broker() {
        return Objects.requireNonNull(program.wiring().broker());
    }

    /** Trap 3. */
    @Test
    void aMessageWhoseDeadLetterCannotBeSentStaysOnItsLane() throws Exception {
        String id;
        try (BrokerFault fault = BrokerFault.refusing(broker(), queue -> queue.equals("mail.dead"))) {
            id = program.submit("bounce3@gmail.com");
            await().atMost(TestProgram.PATIENCE).until(() -> fault.refusals() > 0);
            await().atMost(TestProgram.PATIENCE).until(() -> program.depth("mail.lane.google") == 1);
            assertThat(program.event(id, "bounced")).as("told only with the commit").isNull();
        }
        program.eventually(id, "bounced");
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from dead_letter where message_id = '" + id + "'") == 1);
        assertThat(program.depth("mail.lane.google")).isZero();
    }

    /** Traps 1 and 2: what was delivered and could not be recorded is offered again, recorded then, and not sent again. */
    @Test
    void aDeliveryWhoseCommitFailedIsRecordedLaterAndNotSentAgain() throws Exception {
        program.camel().getRouteController().suspendRoute("lane-orange");
        String id = program.submit("once@orange.fr");
        try (BrokerFault fault = BrokerFault.refusing(broker(), queue -> queue.equals("mail.event"))) {
            program.camel().getRouteController().resumeRoute("lane-orange");
            await().atMost(TestProgram.PATIENCE).until(() -> fault.refusals() > 0);
            await().atMost(TestProgram.PATIENCE).until(() -> program.depth("mail.lane.orange") == 1);
        }
        assertThat(program.eventually(id, "delivered").get("code").asInt()).isEqualTo(250);
        await().atMost(TestProgram.PATIENCE).until(() -> program.depth("mail.lane.orange") == 0);
        assertThat(program.arrivals()).containsEntry("once@orange.fr", 1);
    }

    /** Trap 5. */
    @Test
    void whatIsNoMessageOfOursIsSetAsideWithItsReasonAndCountedAndHoldsUpNothing() throws Exception {
        program.jms().send("mail.lane.google", session -> {
            Message poison = session.createTextMessage("poison");
            poison.setStringProperty("drm_id", "poison-1");
            return poison;
        });
        program.jms().send("mail.lane.google", session -> session.createObjectMessage(new java.util.ArrayList<>(List.of("poison"))));
        for (int i = 0; i < 2; i++) {
            Message kept = program.jms().receive("mail.dlq");
            assertThat(kept).isNotNull();
            assertThat(kept.getStringProperty("drm_reason_unreadable")).isNotEmpty();
            assertThat(kept.getStringProperty("drm_origin")).isEqualTo("mail.lane.google");
        }
        await().atMost(TestProgram.PATIENCE).until(() -> program.management("/observe/metrics").contains("dromedary_unreadable_total{lane=\"mail.lane.google\"} 2.0"));
        program.eventually(program.submit("after-poison@gmail.com"), "delivered");
    }

    /** Traps 4 and 6, on the lane itself: what the broker knows about a message is not carried to what comes of it. */
    @Test
    void headersOfTheBrokerOnALaneAreNotCarriedFurther() throws Exception {
        for (String id : List.of("carried-1", "carried-2")) {
            var envelope = new Envelope(id, id, EmailAddress.parse("shop@example.com"), EmailAddress.parse("tempfail-" + id + "@gmail.com"), "google", "default", null,
                    List.of(), 100, 3, Instant.now(), 1, 10);
            program.jms().send("mail.lane.google", session -> {
                Message message = MessageCodec.toMessage(session, envelope, "Subject: x\r\n\r\nx\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                message.setStringProperty("_AMQ_DUPL_ID", "lane-" + id);
                message.setStringProperty("_AMQ_SCHED_DELIVERY", "9999999999999");
                return message;
            });
        }
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from deferred where message_id like 'carried-%'") == 2);
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from event where message_id like 'carried-%' and kind = 'deferred'") == 2);
    }

    /** Trap 8: only what was committed is known as accepted. */
    @Test
    void aKeyWhoseFirstRequestCameToNothingIsNotTakenForADuplicate() throws Exception {
        String body = TestProgram.json("again@aol.com", "again@gmail.com");
        try (BrokerFault fault = BrokerFault.refusing(broker(), queue -> queue.equals("mail.event"))) {
            HttpResponse<String> failed = program.call("POST", "/v1/messages", body, "Idempotency-Key", "trap-8");
            assertThat(failed.statusCode()).isEqualTo(503);
            assertThat(failed.body()).contains("\"UNAVAILABLE\"");
        }
        assertThat(program.arrivals()).doesNotContainKeys("again@aol.com", "again@gmail.com");
        HttpResponse<String> again = program.call("POST", "/v1/messages", body, "Idempotency-Key", "trap-8");
        assertThat(again.statusCode()).isEqualTo(202);
        program.awaitArrivals(List.of("again@aol.com", "again@gmail.com"));
        assertThat(program.call("POST", "/v1/messages", body, "Idempotency-Key", "trap-8").statusCode()).isEqualTo(200);
        assertThat(program.arrivals()).containsEntry("again@aol.com", 1).containsEntry("again@gmail.com", 1);
    }

    /** Trap 9: a pause is a suspended route, never a rate of 0. */
    @Test
    void aPausedLaneKeepsItsMailAndGoesOn() throws Exception {
        program.camel().getRouteController().suspendRoute("lane-gmx");
        await().atMost(TestProgram.PATIENCE).until(() -> program.camel().getRouteController().getRouteStatus("lane-gmx") == ServiceStatus.Suspended);
        String provider = "gmx";
        program.submit("paused@gmx.de");
        program.eventually(program.submit("not-paused@gmail.com"), "delivered");
        assertThat(program.depth("mail.lane." + provider)).isEqualTo(1);
        program.camel().getRouteController().resumeRoute("lane-gmx");
        program.awaitArrivals(List.of("paused@gmx.de"));
    }

    /** Trap 10. */
    @Test
    void aSlowProviderHoldsUpNoOther() throws Exception {
        List<String> slow = IntStream.range(0, 12).mapToObj(i -> "slow" + i + "@yahoo.com").toList();
        for (String to : slow) {
            program.submit(to);
        }
        List<String> fast = IntStream.range(0, 50).mapToObj(i -> "fast" + i + "@gmail.com").toList();
        for (String to : fast) {
            program.submit(to);
        }
        program.awaitArrivals(fast);
        assertThat(program.arrivals().keySet().stream().filter(slow::contains).count()).as("slow ones that came before the last fast one").isLessThan(slow.size());
        program.awaitArrivals(slow);
    }

    /** Trap 12. */
    @Test
    void aFullDiskIsToldToTheSenderAndToHealthAndHoldsTheLanesBeforeTheySend() throws Exception {
        program.camel().getRouteController().suspendRoute("lane-google");
        String waiting = program.submit("held@gmail.com");
        try (DiskFill fill = DiskFill.of(broker())) {
            await().atMost(TestProgram.PATIENCE).until(broker()::diskFull);
            program.camel().getRouteController().resumeRoute("lane-google");
            HttpResponse<String> refused = program.call("POST", "/v1/messages", TestProgram.json("late@gmail.com"));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("\"UNAVAILABLE\"");
            assertThat(SmtpDialogue.submit(program.config().smtp().port(), "late@gmail.com")).startsWith("451 4.3.0");
            await().atMost(TestProgram.PATIENCE).until(() -> program.management("/observe/health/ready").contains("BROKER_DISK_FULL"));
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(4)).until(() -> !program.arrivals().containsKey("held@gmail.com"));
            assertThat(program.depth("mail.lane.google")).isEqualTo(1);
        }
        program.eventually(waiting, "delivered");
        assertThat(program.arrivals()).containsEntry("held@gmail.com", 1).doesNotContainKey("late@gmail.com");
        await().atMost(TestProgram.PATIENCE).until(() -> program.call(program.config().management().port(), "GET", "/observe/health/ready", "").statusCode() == 200);
    }
}
