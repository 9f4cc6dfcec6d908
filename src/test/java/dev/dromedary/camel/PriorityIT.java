package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.store.MessageCodec;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of bulk messages wait, each conversation takes a second or the provider has a rate, and urgent mail comes. */
class PriorityIT {
    private static final int BOUND_MILLIS = 2_000;
    private static final String LATENCY = "select coalesce(max(extract(epoch from d.at - a.at) * 1000)::int, 0) from event a join event d using (message_id) "
            + "where a.kind = 'accepted' and d.kind = 'delivered' and a.recipient like '%s'";

    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, """
                pools:
                  - {id: slow, host: 127.0.0.1, port: $SINK, tls: none, max-connections: 10}
                  - {id: wide, host: 127.0.0.1, port: $SINK, tls: none, max-connections: 50}
                delivery-routes:
                  - {id: wide, recipients: ["provider:yahoo", "provider:gmx"], pools: [wide]}
                  - {id: slow, pools: [slow]}
                providers:
                  yahoo: {rate: 10/s}
                  google: {max-connections: 10}
                """);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void urgentMailOvertakesBulkAtASlowPoolAndBulkStillMoves() throws Exception {
        for (int i = 0; i < 4; i++) {
            bulk("slow" + i, "gmail.com", 1_000);
        }
        await().atMost(TestProgram.PATIENCE).until(() -> delivered("slow%") >= 10);
        int before = delivered("slow%");
        for (int i = 0; i < 20; i++) {
            int number = i + 1;
            submit("urgent", "soon" + i + "@gmail.com");
            await().atMost(TestProgram.PATIENCE).until(() -> delivered("soon%@gmail.com") == number);
        }
        await().atMost(TestProgram.PATIENCE).until(() -> delivered("slow%") >= before + 10);
        assertThat(program.count(LATENCY.formatted("soon%@gmail.com"))).isLessThan(BOUND_MILLIS);
        assertThat(program.depth("mail.lane.google.bulk")).as("still waiting").isGreaterThan(3_000);
    }

    @Test
    void urgentMailOvertakesBulkAtAProviderWithARateWhichIsKeptOverAllClasses() throws Exception {
        bulk("rated", "yahoo.com", 1_000);
        await().atMost(TestProgram.PATIENCE).until(() -> delivered("rated%") >= 5);
        int before = delivered("rated%");
        long start = System.nanoTime();
        for (int i = 0; i < 30; i++) {
            submit("urgent", "first" + i + "@yahoo.com");
        }
        await().atMost(Duration.ofSeconds(15)).until(() -> delivered("first%@yahoo.com") == 30);
        await().atMost(TestProgram.PATIENCE).until(() -> delivered("rated%") >= before + 10);
        long ceiling = 10 * (1 + Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1);
        assertThat(delivered("rated%") - before + 30L).as("10/s over both").isLessThanOrEqualTo(ceiling + 10);
        submit("urgent", "later@yahoo.com");
        await().atMost(TestProgram.PATIENCE).until(() -> delivered("later@yahoo.com") == 1);
        assertThat(program.count(LATENCY.formatted("later@yahoo.com"))).isLessThan(BOUND_MILLIS);
    }

    @Test
    void lanesOfUrgentAndBulkMailOpenAtTheFirstMessageAndCloseWhenTheyAreIdle() throws Exception {
        Lanes lanes = Objects.requireNonNull(program.camel().getRegistry().lookupByNameAndType("lanes", Lanes.class));
        assertThat(program.camel().getRoute("lane-gmx.urgent")).as("nothing for it yet").isNull();
        submit("urgent", "opens@gmx.de");
        await().atMost(TestProgram.PATIENCE).until(() -> delivered("opens@gmx.de") == 1);
        assertThat(program.count(LATENCY.formatted("opens@gmx.de"))).isLessThan(BOUND_MILLIS);
        await().atMost(TestProgram.PATIENCE).until(() -> {
            lanes.look(0);
            return program.camel().getRoute("lane-gmx.urgent") == null;
        });
        submit("urgent", "again@gmx.de");
        await().atMost(TestProgram.PATIENCE).until(() -> delivered("again@gmx.de") == 1);
        assertThat(program.camel().getRoute("lane-gmx.urgent")).isNotNull();
    }

    @Test
    void whatAnotherNodeOrTheTimeBeforeARestartLeftIsFound() throws Exception {
        program.jms().send("mail.lane.orange.bulk", session -> MessageCodec.toMessage(session,
                new Envelope("left", "left", null, EmailAddress.parse("left@orange.fr"), "orange", "default", null, List.of(), 200, 3,
                        Instant.now(), 1, 10), "Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII)));
        await().atMost(TestProgram.PATIENCE).until(() -> delivered("left@orange.fr") == 1);
    }

    private static void bulk(String prefix, String domain, int count) throws Exception {
        String to = IntStream.range(0, count).mapToObj(i -> "\"" + prefix + "-" + i + "@" + domain + "\"").collect(Collectors.joining(","));
        post("{\"from\":\"shop@example.com\",\"to\":[" + to + "],\"priority\":\"bulk\",\"text\":\"t\"}");
    }

    private static void submit(String priority, String to) throws Exception {
        post("{\"from\":\"shop@example.com\",\"to\":\"" + to + "\",\"priority\":\"" + priority + "\",\"text\":\"t\"}");
    }

    private static void post(String json) throws Exception {
        HttpResponse<String> answer = program.call("POST", "/v1/messages", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static int delivered(String recipient) throws Exception {
        return program.count("select count(*) from event where kind = 'delivered' and recipient like '" + recipient + "'");
    }
}
