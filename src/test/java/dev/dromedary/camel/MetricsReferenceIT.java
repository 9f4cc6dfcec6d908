package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.deployment.MetricsPage;
import dev.dromedary.deployment.MetricsPage.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/metrics.md against a program in which about everything happens that can happen to mail: each metric that one has, the other has, with its type and labels. */
class MetricsReferenceIT {
    /** What needs more than mail to appear, with the test that sees it. */
    private static final Map<String, Class<?>> SEEN_ELSEWHERE = Map.of("dromedary_duplicates_prevented_total", SentLogIT.class);
    /** What depends on when the JVM collects. */
    private static final Set<String> PERHAPS = Set.of("jvm_gc_pause_seconds", "jvm_gc_concurrent_phase_time_seconds");

    @TempDir
    static Path folder;

    private static TestProgram program;
    private static Map<String, Entry> page;

    @BeforeAll
    static void start() throws Exception {
        page = MetricsPage.read();
        program = TestProgram.start(folder, """
                retry: {initial: 1s, max-retries: 1, jitter: 0}
                pace: {max-wait: 100ms}
                choice: {ejection: {in-a-row: 1}}
                warm-up:
                  stages: [300, 600, 900]
                  pools:
                    fresh: {from: %s, providers: [google]}
                pools:
                  - {id: fresh, host: 127.0.0.1, port: $SINK, tls: none}
                  - {id: warm, host: 127.0.0.1, port: $SINK, tls: none}
                delivery-routes:
                  - {id: all, recipients: ["*"], pools: [fresh, warm]}
                """.formatted(LocalDate.now(ZoneOffset.UTC)));
        traffic();
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    private static void traffic() throws Exception {
        try (var connection = program.wiring().database().dataSource().getConnection(); var insert = connection.createStatement()) {
            insert.execute("insert into warning (id, kind, critical, pool, provider, since, seen, level, level_at, floor, per_second, count, total, usual, cause, ends_at)"
                    + " values ('w1', 'rising-deferrals', false, 'warm', 'comcast', now(), now(), 1, now(), 0, 0.001, 12, 100, 0.01, '12 of 100 put off', now() + interval '1 hour')");
        }
        program.eventually(program.submit("ann@gmail.com"), "delivered");
        program.eventually(program.submit("bounce@gmail.com"), "bounced");
        program.eventually(program.submit("tempfail@gmail.com"), "expired");
        program.eventually(program.submit("drop@yahoo.com"), "deferred");
        program.eventually(program.submit("block@orange.fr"), "deferred");
        program.eventually(program.submit("throttle@outlook.com"), "deferred");
        program.eventually(program.submit("throttled@outlook.com"), "scheduled");
        withheld("late@web.de");
        program.jms().send("mail.lane.google", session -> session.createTextMessage("poison"));
        assertThat(program.call("POST", "/v1/messages", "{}").statusCode()).isEqualTo(400);
        post("/v1/complaints", "{\"address\":\"ann@gmail.com\",\"stream\":\"news\",\"source\":\"yahoo-fbl\"}");
        post("/v1/engagement", "{\"kind\":\"click\",\"recipient\":\"ann@gmail.com\"}");
    }

    private static void withheld(String to) throws Exception {
        program.camel().getRouteController().suspendRoute("lane-gmx");
        String id = program.submit(to);
        post("/v1/suppressions", "{\"address\":\"" + to + "\",\"reason\":\"unsubscribed\"}");
        program.camel().getRouteController().resumeRoute("lane-gmx");
        program.eventually(id, "suppressed");
    }

    private static void post(String path, String body) throws Exception {
        assertThat(program.call("POST", path, body).statusCode()).as(path + " " + body).isEqualTo(200);
    }

    private static Map<String, Entry> shown() throws Exception {
        return MetricsPage.ofScrape(program.management("/observe/metrics"));
    }

    @Test
    void thePageHasWhatTheProgramShowsAndNothingElse() throws Exception {
        await().atMost(TestProgram.PATIENCE).untilAsserted(() -> {
            Map<String, Entry> both = new TreeMap<>(shown());
            Stream.concat(SEEN_ELSEWHERE.keySet().stream(), PERHAPS.stream()).forEach(name -> both.putIfAbsent(name, page.getOrDefault(name, new Entry("missing", Set.of()))));
            assertThat(page.keySet()).containsExactlyInAnyOrderElementsOf(both.keySet());
            page.forEach((name, entry) -> assertThat(entry).as(name).isEqualTo(both.get(name)));
        });
    }

    @Test
    void whatNeedsMoreThanMailIsSeenByAnotherTest() throws Exception {
        for (var seen : SEEN_ELSEWHERE.entrySet()) {
            assertThat(Files.readString(Path.of("src/test/java", seen.getValue().getName().replace('.', '/') + ".java"))).contains(seen.getKey());
        }
    }
}
