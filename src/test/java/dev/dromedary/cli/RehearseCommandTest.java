package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RehearseCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    @TempDir
    private Path folder;
    private String scenario = "";

    @BeforeEach
    void write() throws IOException {
        scenario = Files.writeString(folder.resolve("small.yaml"), """
                description: A small day.
                length: 2h
                dromedary:
                  pools: [{id: a, host: a.example.net}, {id: b, host: b.example.net}]
                traffic: [{id: news, messages: 2k}]
                """).toString();
    }

    @Test
    void allPoliciesAreComparedSideBySide() {
        assertThat(run("--scenario", scenario)).isZero();
        assertThat(out.toString()).contains("small: A small day.", "in 1 h", "reputation", "round-robin", "weighted", "seed", "2,000");
    }

    @Test
    void oneCanBeAskedForInJson() throws IOException {
        assertThat(run("--scenario", scenario, "--policy", "reputation", "--json")).isZero();
        JsonNode result = new ObjectMapper().readTree(out.toString()).at("/rehearsals/0/results/0");
        assertThat(result.get("policy").asText()).isEqualTo("reputation");
        assertThat(result.get("accepted").asLong()).isEqualTo(2_000);
    }

    @Test
    void theCapacityIsASentence() {
        assertThat(run("--scenario", scenario, "--policy", "weighted", "--capacity")).isZero();
        assertThat(out.toString()).contains("small: with weighted, 99 % are delivered within an hour up to", "the most that was tried");
    }

    @Test
    void anUnknownPolicyAndABadScenarioAreNamed() throws IOException {
        assertThat(run("--scenario", scenario, "--policy", "luck")).isEqualTo(1);
        assertThat(err.toString()).contains("[BAD_VALUE] --policy: \"luck\"", "round-robin");
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "traffic: [{id: news}]\n");
        assertThat(run("--scenario", bad.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("[MISSING_VALUE]", "bad.yaml:1", "traffic.news.messages");
    }

    private int run(String... arguments) {
        return new CommandLine(new RehearseCommand()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
