package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ClassifyCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    @TempDir
    private Path directory;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void answersEachLineInOrder() throws IOException {
        assertThat(run("550 5.1.1 No such user here\tgoogle\n\n450 4.2.2 mailbox full\r\nпользователь не найден\n250 ok".getBytes(StandardCharsets.UTF_8))).isZero();

        String[] lines = out.toString(StandardCharsets.UTF_8).split("\n", -1);
        assertThat(lines).hasSize(6);
        assertThat(lines[0]).isEqualTo("{\"code\":550,\"enhanced\":\"5.1.1\",\"category\":\"permanent-recipient\",\"action\":\"bounce-and-suppress\","
                + "\"reason\":\"userunknown\",\"cause\":\"permanent-recipient\",\"rule\":\"user-unknown\"}");
        assertThat(JSON.readTree(lines[1]).get("code").isNull()).isTrue();
        assertThat(JSON.readTree(lines[1]).get("enhanced").isNull()).isTrue();
        assertThat(JSON.readTree(lines[1]).get("category").asText()).isEqualTo("defer-same-pool");
        assertThat(JSON.readTree(lines[2]).get("reason").asText()).isEqualTo("mailboxfull");
        assertThat(JSON.readTree(lines[3]).get("reason").asText()).isEqualTo("userunknown");
        assertThat(JSON.readTree(lines[4]).get("action").asText()).isEqualTo("deliver");
    }

    @Test
    void readsMalformedBytesAndCarriageReturns() throws IOException {
        byte[] hostile = "550 \u00ff\u00fe no such user\r here\n550 \u0000 x\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(run(hostile)).isZero();

        String[] lines = out.toString(StandardCharsets.UTF_8).split("\n");
        assertThat(lines).hasSize(2);
        JsonNode first = JSON.readTree(lines[0]);
        assertThat(first.get("reason").asText()).isEqualTo("userunknown");
    }

    @Test
    void usesTheRulesOfAFile() throws IOException {
        Path rules = write("include: built-in\nrules:\n  - {id: ours, providers: [acme], phrases: [tilt], reason: blocked, source: us}\n");

        assertThat(run("550 tilt\tacme\n550 tilt\n".getBytes(StandardCharsets.UTF_8), "--rules", rules.toString())).isZero();

        String[] lines = out.toString(StandardCharsets.UTF_8).split("\n");
        assertThat(JSON.readTree(lines[0]).get("rule").asText()).isEqualTo("ours");
        assertThat(JSON.readTree(lines[1]).get("rule").asText()).isEqualTo("code-5xx");
    }

    @Test
    void lintsAFile() throws IOException {
        assertThat(run(new byte[0], "--lint", write("rules:\n  - {id: a, phrases: [x], reason: blocked, source: us}\n").toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("ok\n");
        out.reset();
        assertThat(run(new byte[0], "--lint", write("rules:\n  - {id: a, phrases: [x], reason: nonsense, source: us}\n").toString())).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("[RULES_REASON_UNKNOWN] rules.yaml:2 a: nonsense; ").hasLineCount(1);
    }

    @Test
    void refusesBadRules() throws IOException {
        assertThat(run("550 x\n".getBytes(StandardCharsets.UTF_8), "--rules", write("rules: 1\n").toString())).isEqualTo(1);
        assertThat(out.size()).isZero();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("rules.yaml"), text);
    }

    private int run(byte[] in, String... arguments) {
        return new CommandLine(new ClassifyCommand(new ByteArrayInputStream(in), out)).execute(arguments);
    }
}
