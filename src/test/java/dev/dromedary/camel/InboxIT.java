package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.store.DiskFill;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files dropped into the inbox of the whole program. */
class InboxIT {
    private static final String LINE = "{\"from\":\"a@shop.example\",\"to\":\"%s@gmail.com\",\"text\":\"x\"}\n";

    @TempDir
    static Path folder;

    private static TestProgram program;
    private static Path inbox;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, TestProgram.ONE_POOL + "accept: {max-size: 100KB}\n");
        inbox = Files.createDirectories(program.config().inbox().directory());
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            empty.eml      | ``                                                       | BODY_EMPTY
            empty.json     | ``                                                       | BODY_EMPTY
            empty.ndjson   | ``                                                       | BODY_EMPTY
            empty.csv      | ``                                                       | BODY_EMPTY
            half.json      | `{"from":"a@shop.example","to":"half@gm`                 | JSON_MALFORMED
            nobody.json    | `{"from":"a@shop.example","to":"nobody","text":"x"}`     | ADDRESS_MALFORMED
            nobody.eml     | `Subject: nobody is named`                               | FIELD_MISSING
            columns.csv    | `from,to,colour`                                         | FIELD_UNKNOWN
            """)
    void whatCannotBeTakenIsKeptWithItsReason(String name, String content, String code) throws Exception {
        drop(name, content);
        Path kept = inbox.resolve("failed").resolve(name);
        await().atMost(TestProgram.PATIENCE).until(() -> Files.exists(kept));
        assertThat(kept).hasContent(content);
        assertThat(inbox.resolve("failed").resolve(name + ".reason.txt")).content().contains("[" + code + "]");
    }

    @Test
    void aHalfWrittenLastLineKeepsNoneOfTheLinesBeforeFromBeingSent() throws Exception {
        drop("half.ndjson", LINE.formatted("first") + LINE.formatted("second") + LINE.formatted("third").substring(0, 30));
        await().atMost(TestProgram.PATIENCE).until(() -> Files.exists(inbox.resolve("failed/half.ndjson")));
        assertThat(Files.readAllLines(inbox.resolve("failed/half.ndjson.reason.txt"))).singleElement().asString().startsWith("line 3: [JSON_MALFORMED]");
        program.awaitArrivals(List.of("first@gmail.com", "second@gmail.com"));
    }

    @Test
    void aMessageOverTheLimitIsRefusedByItsSize() throws Exception {
        drop("big.eml", "From: a@shop.example\r\nTo: big@gmail.com\r\n\r\n" + "x".repeat(200_000));
        await().atMost(TestProgram.PATIENCE).until(() -> Files.exists(inbox.resolve("failed/big.eml")));
        assertThat(inbox.resolve("failed/big.eml.reason.txt")).content().contains("[BODY_TOO_LARGE]").contains(Files.size(inbox.resolve("failed/big.eml")) + " octets");
    }

    @Test
    void theSameContentIsSentOnceAndNoOriginalIsOverwritten() throws Exception {
        String csv = "from,to,subject,text\na@shop.example,row1@gmail.com,s,t\na@shop.example,row2@gmail.com,s,t\n";
        drop("rows.csv", csv);
        await().atMost(TestProgram.PATIENCE).until(() -> Files.exists(inbox.resolve("done/rows.csv")));
        drop("rows.csv", csv);
        await().atMost(TestProgram.PATIENCE).until(() -> Files.exists(inbox.resolve("done/2-rows.csv")));
        program.awaitArrivals(List.of("row1@gmail.com", "row2@gmail.com"));
        drop("after.ndjson", LINE.formatted("after-rows"));
        program.awaitArrivals(List.of("after-rows@gmail.com"));
        assertThat(program.arrivals()).containsEntry("row1@gmail.com", 1).containsEntry("row2@gmail.com", 1);
    }

    @Test
    void aFileThatCannotBeTakenNowStaysAndIsTakenLater() throws Exception {
        try (DiskFill full = DiskFill.of(Objects.requireNonNull(program.wiring().broker()))) {
            drop("waits.json", LINE.formatted("waited"));
            await().during(Duration.ofSeconds(3)).atMost(TestProgram.PATIENCE).until(() -> Files.exists(inbox.resolve("waits.json")));
        }
        await().atMost(TestProgram.PATIENCE).until(() -> Files.exists(inbox.resolve("done/waits.json")));
        program.awaitArrivals(List.of("waited@gmail.com"));
    }

    @Test
    void otherNamesAreLeftAlone() throws Exception {
        drop("notes.txt", "not mail");
        drop("after-notes.json", LINE.formatted("after-notes"));
        await().atMost(TestProgram.PATIENCE).until(() -> Files.exists(inbox.resolve("done/after-notes.json")));
        assertThat(inbox.resolve("notes.txt")).exists();
    }

    private static void drop(String name, String content) throws IOException {
        Path written = Files.write(folder.resolve(name + ".tmp"), content.getBytes(StandardCharsets.UTF_8));
        Files.move(written, inbox.resolve(name));
    }
}
