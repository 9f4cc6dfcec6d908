package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A program in which about everything has happened that can happen to mail. */
final class BusyProgram {
    private final TestProgram program;

    private BusyProgram(TestProgram program) {
        this.program = program;
    }

    static TestProgram start(Path folder) throws Exception {
        TestProgram program = TestProgram.start(folder, """
                retry: {initial: 1s, max-retries: 1, jitter: 0}
                pace: {max-wait: 100ms}
                choice: {ejection: {in-a-row: 1, base: 10m}}
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
        try {
            new BusyProgram(program).traffic();
            return program;
        } catch (Exception | AssertionError e) {
            program.close();
            throw e;
        }
    }

    private void traffic() throws Exception {
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

    private void withheld(String to) throws Exception {
        program.camel().getRouteController().suspendRoute("lane-gmx");
        String id = program.submit(to);
        post("/v1/suppressions", "{\"address\":\"" + to + "\",\"reason\":\"unsubscribed\"}");
        program.camel().getRouteController().resumeRoute("lane-gmx");
        program.eventually(id, "suppressed");
    }

    private void post(String path, String body) throws Exception {
        assertThat(program.call("POST", path, body).statusCode()).as(path + " " + body).isEqualTo(200);
    }
}
