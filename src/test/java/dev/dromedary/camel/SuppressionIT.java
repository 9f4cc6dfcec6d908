package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.cli.SuppressCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Who gets no mail, in the whole program: by refusals, complaints and by hand. */
class SuppressionIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static TestProgram program;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, "retry: {initial: 1h}\n" + TestProgram.ONE_POOL);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @BeforeEach
    void emptyList() throws Exception {
        program.call("DELETE", "/v1/suppressions?since=2000-01-01T00:00:00Z&why=a%20new%20test", "");
    }

    @Test
    void anUnknownUserGetsNoSecondMessage() throws Exception {
        program.eventually(program.submit("bounce@gmail.com"), "bounced");
        awaitListed("bounce@gmail.com");
        JsonNode entry = JSON.readTree(program.call("GET", "/v1/suppressions?address=Bounce@gmail.com", "").body()).get("suppressions").get(0);
        assertThat(entry.get("reason").asText()).isEqualTo("userunknown");
        assertThat(entry.get("detail").asText()).contains("No such user here");
        assertThat(entry.get("stream").isNull()).isTrue();
        assertThat(entry.hasNonNull("expires")).isTrue();
        JsonNode second = JSON.readTree(program.call("POST", "/v1/messages", TestProgram.json("BOUNCE@gmail.com")).body());
        assertThat(second.get("suppressed")).extracting(JsonNode::asText).containsExactly("BOUNCE@gmail.com");
        assertThat(program.eventually(second.get("message_id").asText(), "suppressed").get("detail").asText()).contains("suppression list");
    }

    @Test
    void aFullMailboxIsSuppressedWithTheThirdMessage() throws Exception {
        for (int i = 0; i < 2; i++) {
            program.eventually(program.submit("full@yahoo.com"), "deferred");
        }
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from suppression_strike where address = 'full@yahoo.com'") == 2);
        assertThat(total("address=full@yahoo.com")).isZero();
        program.eventually(program.submit("full@yahoo.com"), "deferred");
        awaitListed("full@yahoo.com");
        assertThat(program.call("GET", "/v1/suppressions?reason=mailboxfull", "").body()).contains("full@yahoo.com");
    }

    @Test
    void aMessageOnItsLaneIsDroppedWhereItsRecipientIsSuppressedMeanwhile() throws Exception {
        program.camel().getRouteController().suspendRoute("lane-microsoft");
        String id = program.submit("late@outlook.com");
        assertThat(program.call("POST", "/v1/suppressions", "{\"address\":\"late@outlook.com\",\"reason\":\"unsubscribed\"}").statusCode()).isEqualTo(200);
        program.camel().getRouteController().resumeRoute("lane-microsoft");
        assertThat(program.eventually(id, "suppressed").get("attempt").asInt()).isEqualTo(1);
        assertThat(program.event(id, "delivered")).isNull();
        assertThat(program.arrivals()).doesNotContainKey("late@outlook.com");
        assertThat(program.management("/observe/metrics")).contains("dromedary_withheld_total{provider=\"microsoft\",reason=\"suppressed\"}");
    }

    @Test
    void aComplaintSuppressesItsStreamOnly() throws Exception {
        HttpResponse<String> answer = program.call("POST", "/v1/complaints", "{\"address\":\"ann@gmail.com\",\"stream\":\"news\",\"campaign\":\"c1\",\"source\":\"yahoo-fbl\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).get("suppressed").get(0).get("expires").isNull()).isTrue();
        String news = TestProgram.json("ann@gmail.com").replace("{", "{\"stream\":\"news\",");
        assertThat(JSON.readTree(program.call("POST", "/v1/messages", news).body()).get("suppressed")).hasSize(1);
        assertThat(JSON.readTree(program.call("POST", "/v1/messages", TestProgram.json("ann@gmail.com")).body()).get("suppressed")).isEmpty();
    }

    @Test
    void aFeedbackReportFindsItsRecipientByTheMessageItIsAbout() throws Exception {
        String news = TestProgram.json("hidden@yahoo.com").replace("{", "{\"stream\":\"news\",\"campaign\":\"c7\",");
        String id = JSON.readTree(program.call("POST", "/v1/messages", news).body()).get("message_id").asText();
        program.eventually(id, "delivered");
        String report = """
                From: fbl@yahoo.example
                Subject: complaint
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary="b"

                --b
                Content-Type: text/plain

                A complaint.
                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: Test-FBL/1.0
                Version: 1
                --b
                Content-Type: message/rfc822

                From: shop@example.com
                To: redacted
                Message-ID: <%s@example.com>

                t
                --b--
                """.replace("\n", "\r\n").formatted(id);
        HttpResponse<String> answer = program.call("POST", "/v1/complaints", report, "Content-Type", "message/rfc822");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode entry = JSON.readTree(answer.body()).get("suppressed").get(0);
        assertThat(entry.get("address").asText()).isEqualTo("hidden@yahoo.com");
        assertThat(entry.get("stream").asText()).isEqualTo("news");
        assertThat(entry.get("detail").asText()).isEqualTo("by Test-FBL/1.0, campaign c7");
        JsonNode event = program.event(id, "complained");
        assertThat(event.get("detail").asText()).isEqualTo("the recipient complained (abuse) by Test-FBL/1.0");
        assertThat(event.get("pool").asText()).isEqualTo("sink");
        assertThat(event.get("to").asText()).isEqualTo("hidden@yahoo.com");
        double before = complaints();
        assertThat(program.call("POST", "/v1/complaints", "{\"address\":\"hidden@yahoo.com\",\"message_id\":\"" + id + "\"}").statusCode()).isEqualTo(200);
        assertThat(program.count("select count(*) from event where kind = 'complained' and message_id = '" + id + "'")).isOne();
        assertThat(complaints()).as("told again, it counts no more").isEqualTo(before);
        JsonNode found = JSON.readTree(program.call("GET", "/v1/messages?recipient=hidden@yahoo.com&state=delivered", "").body()).get("messages").get(0);
        assertThat(found.get("state").asText()).as("a complaint is no state").isEqualTo("delivered");
        JsonNode notSpam = JSON.readTree(program.call("POST", "/v1/complaints", report.replace("abuse", "not-spam"), "Content-Type", "message/rfc822").body());
        assertThat(notSpam.get("suppressed")).isEmpty();
        assertThat(program.call("POST", "/v1/complaints", "Subject: hello\r\n\r\nno report", "Content-Type", "message/rfc822").body()).contains("MIME_MALFORMED");
        assertThat(program.call("POST", "/v1/complaints", "x", "Content-Type", "text/plain").body()).contains("CONTENT_TYPE_UNSUPPORTED");
    }

    @Test
    void whatIsExportedCanBeImportedAgain() throws Exception {
        var lines = new ArrayList<String>();
        for (int i = 0; i < 2_500; i++) {
            lines.add("{\"address\":\"u" + i + "@example.org\",\"stream\":" + (i % 2 == 0 ? "null" : "\"news\"") + ",\"reason\":\"old-list\",\"detail\":\"said \\\"no\\\", twice\"}");
        }
        lines.add(7, "{\"address\":\"nobody\"}");
        HttpResponse<String> imported = program.call("POST", "/v1/suppressions/import?why=old%20lists", String.join("\n", lines), "Content-Type", "application/x-ndjson");
        assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
        List<String> results = imported.body().lines().toList();
        assertThat(results).hasSize(2);
        assertThat(results.get(0)).contains("\"line\":8").contains("ADDRESS_MALFORMED");
        assertThat(JSON.readTree(results.get(1))).isEqualTo(JSON.readTree("{\"imported\":2500,\"refused\":1}"));
        for (String format : List.of("ndjson", "csv")) {
            String exported = program.call("GET", "/v1/suppressions/export?format=" + format, "").body();
            assertThat(JSON.readTree(program.call("DELETE", "/v1/suppressions?reason=old-list&why=no%20longer%20true", "").body()).get("removed").asInt()).isEqualTo(2_500);
            HttpResponse<String> again = program.call("POST", "/v1/suppressions/import?why=old%20lists", exported, "Content-Type", format.equals("csv") ? "text/csv" : "application/x-ndjson");
            assertThat(JSON.readTree(again.body()).get("imported").asInt()).as(again.body()).isEqualTo(2_500);
            assertThat(program.call("GET", "/v1/suppressions/export?format=" + format, "").body()).isEqualTo(exported);
        }
        assertThat(audited(5)).containsExactly("suppression.import CSV: old lists (2500)", "suppression.remove reason=old-list: no longer true (2500)",
                "suppression.import NDJSON: old lists (2500)", "suppression.remove reason=old-list: no longer true (2500)", "suppression.import NDJSON: old lists (2500)");
    }

    @Test
    void anEntryIsAddedReplacedListedAndRemoved() throws Exception {
        program.call("POST", "/v1/suppressions", "{\"address\":\"O'Neil+x@Example.org\",\"stream\":\"news\",\"detail\":\"asked by phone\"}");
        program.call("PUT", "/v1/suppressions", "{\"address\":\"o'neil+x@example.org\",\"stream\":\"news\",\"reason\":\"asked\",\"expires\":\"2199-01-01T00:00:00Z\"}");
        JsonNode listed = JSON.readTree(program.call("GET", "/v1/suppressions?domain=EXAMPLE.org&stream=news", "").body());
        assertThat(listed.get("total").asInt()).isEqualTo(1);
        assertThat(listed.get("suppressions").get(0).get("reason").asText()).isEqualTo("asked");
        assertThat(program.call("DELETE", "/v1/suppressions/o'neil+x@example.org?stream=other&reason=back", "").statusCode()).isEqualTo(404);
        assertThat(program.call("DELETE", "/v1/suppressions/o'neil%2Bx@example.org?stream=news&reason=back", "").body()).isEqualTo("{\"removed\":1}");
        assertThat(total("domain=example.org")).isZero();
        assertThat(audited(3)).containsExactly("suppression.remove o'neil+x@example.org for stream news: back (1)", "suppression.add o'neil+x@example.org for stream news: asked (1)",
                "suppression.add o'neil+x@example.org for stream news: asked by phone (1)");
    }

    @Test
    void theCommandChangesAndWritesTheList(@TempDir Path files) throws Exception {
        assertThat(run("add", "cli@example.org", "--reason", "asked", "--stream", "news")).contains("\"reason\":\"asked\"");
        assertThat(run("list", "--domain", "example.org")).contains("cli@example.org  stream news  asked  manual").contains("1 of 1");
        Path csv = Files.writeString(files.resolve("list.csv"), run("export", "--csv"));
        assertThat(run("remove", "cli@example.org", "--reason", "other", "--why", "back")).contains("{\"removed\":0}");
        assertThat(run("remove", "cli@example.org", "--why", "back")).contains("{\"removed\":1}");
        assertThat(run("import", csv.toString(), "--why", "moved")).contains("{\"imported\":1,\"refused\":0}");
        assertThat(run("export", "--csv")).isEqualTo(Files.readString(csv));
    }

    private static String run(String... arguments) {
        PrintStream before = System.out;
        var out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            var all = new ArrayList<>(List.of(arguments));
            all.addAll(List.of("--url", "http://127.0.0.1:" + program.config().http().port()));
            assertThat(new CommandLine(new SuppressCommand()).execute(all.toArray(String[]::new))).as(out.toString(StandardCharsets.UTF_8)).isZero();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST   | /v1/suppressions        | {"address":"nobody"}                                      | 400 | ADDRESS_MALFORMED
            POST   | /v1/suppressions        | {"stream":"news"}                                         | 400 | FIELD_MISSING
            POST   | /v1/suppressions        | {"address":"a@b.example","adress":"x"}                    | 400 | FIELD_UNKNOWN
            POST   | /v1/suppressions        | {"address":"a@b.example","reason":"Not One Word"}         | 400 | FIELD_INVALID
            POST   | /v1/suppressions        | {"address":"a@b.example","stream":"two words"}            | 400 | FIELD_INVALID
            POST   | /v1/suppressions        | {"address":"a@b.example","expires":"tomorrow"}            | 400 | FIELD_INVALID
            POST   | /v1/suppressions        | {"address":"a@b.example","expires":"2001-01-01T00:00:00Z"} | 400 | FIELD_INVALID
            POST   | /v1/suppressions        | {"address":"a@b.example","detail":"a\\nb"}                | 400 | FIELD_INVALID
            POST   | /v1/suppressions        | {"address":"a@b.example","origin":"heaven"}               | 400 | FIELD_INVALID
            POST   | /v1/suppressions        | [1]                                                       | 400 | JSON_MALFORMED
            POST   | /v1/suppressions/import | {}                                                        | 415 | CONTENT_TYPE_UNSUPPORTED
            POST   | /v1/complaints          | {"address":"a@b.example","who":"me"}                      | 400 | FIELD_UNKNOWN
            DELETE | /v1/suppressions        | ``                                                        | 400 | FIELD_MISSING
            DELETE | /v1/suppressions/x      | ``                                                        | 400 | ADDRESS_MALFORMED
            DELETE | /v1/suppressions?domain=b.example | ``                                              | 400 | FIELD_MISSING
            DELETE | /v1/suppressions?domain=b.example&why=%0A | ``                                      | 400 | FIELD_MISSING
            DELETE | /v1/suppressions?domain=b.example&why=a%0Ab | ``                                    | 400 | FIELD_INVALID
            DELETE | /v1/suppressions/a@nowhere.example | ``                                             | 400 | FIELD_MISSING
            DELETE | /v1/suppressions/a@nowhere.example?reason=r | ``                                    | 404 | NOT_FOUND
            GET    | /v1/suppressions?limit=1001     | ``                                                | 400 | FIELD_INVALID
            GET    | /v1/suppressions?since=monday   | ``                                                | 400 | FIELD_INVALID
            GET    | /v1/suppressions?domain=a..b    | ``                                                | 400 | FIELD_INVALID
            GET    | /v1/suppressions?reason=%00     | ``                                                | 400 | FIELD_INVALID
            GET    | /v1/suppressions/export?format=xml | ``                                             | 400 | FIELD_INVALID
            """)
    void badInputIsRefusedWithACode(String method, String path, String body, int status, String code) throws Exception {
        HttpResponse<String> answer = program.call(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode error = JSON.readTree(answer.body()).get("error");
        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(error.get("advice").asText()).isNotBlank();
    }

    @Test
    void aHeadOfCsvThatNamesNoFieldsIsRefusedAndNothingTaken() throws Exception {
        HttpResponse<String> answer = program.call("POST", "/v1/suppressions/import?why=old%20lists", "a@b.example\nc@d.example\n", "Content-Type", "text/csv");
        assertThat(answer.body()).contains("FIELD_UNKNOWN").contains("{\"imported\":0,\"refused\":1}");
    }

    @Test
    void whatProgramsHandOverNeedsNoReason() throws Exception {
        assertThat(program.call("POST", "/v1/suppressions", "{\"address\":\"a@unsaid.example\"}").statusCode()).isEqualTo(200);
        assertThat(program.call("POST", "/v1/suppressions/import", "{\"address\":\"b@unsaid.example\"}", "Content-Type", "application/x-ndjson").statusCode()).isEqualTo(200);
        assertThat(total("domain=unsaid.example")).isEqualTo(2);
        assertThat(audited(2)).containsExactly("suppression.import NDJSON: import (1)", "suppression.add a@unsaid.example: manual (1)");
        program.call("DELETE", "/v1/suppressions?domain=unsaid.example&why=a%20test", "");
    }

    private static double complaints() throws Exception {
        return program.management("/observe/metrics").lines().filter(line -> line.startsWith("dromedary_complaints_total{") && line.contains("provider=\"yahoo\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
    }

    /** @return the latest so many entries of the audit log, the latest first */
    private static List<String> audited(int many) throws Exception {
        var lines = new ArrayList<String>();
        JSON.readTree(program.call("GET", "/v1/audit?limit=" + many, "").body()).get("audit").forEach(one -> lines.add(
                one.get("action").asText() + " " + one.get("subject").asText() + ": " + one.get("reason").asText() + " (" + one.get("messages").asText() + ")"));
        return lines;
    }

    private static int total(String query) throws Exception {
        return JSON.readTree(program.call("GET", "/v1/suppressions?" + query, "").body()).get("total").asInt();
    }

    private static void awaitListed(String address) {
        await().atMost(TestProgram.PATIENCE).until(() -> total("address=" + address) == 1);
    }
}
