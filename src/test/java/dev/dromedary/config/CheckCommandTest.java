package dev.dromedary.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.dromedary.cli.CheckCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();

    private int check(String... more) {
        CommandLine command = new CommandLine(new CheckCommand()).setOut(new PrintWriter(out));
        String[] arguments = new String[more.length + 2];
        arguments[0] = "--config";
        arguments[1] = directory.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return command.execute(arguments);
    }

    @Test
    void aGoodConfigurationIsSummedUp() {
        assertThat(check()).isZero();
        assertThat(out.toString()).contains("listener http 127.0.0.1:8025").contains("pool sandbox-a 127.0.0.1:2526")
                .contains("delivery route default * -> sandbox-a, sandbox-b").contains("0 errors");
    }

    @Test
    void whoIsToldOfAlertsIsSaidWithoutWhatIsSecret() throws IOException {
        assertThat(check()).isZero();
        assertThat(out.toString()).contains("rules; told by nothing but dashboard, log and metrics");
        Files.writeString(directory.resolve("pager"), "whsec_bm90IGEgc2VjcmV0IGJ1dCBsb25nIGVub3VnaA==");
        Files.writeString(directory.resolve("dromedary.yaml"), """
                alerts:
                  webhooks:
                    - {name: pager, url: "https://hooks.example.com/T0KEN", secret-file: %s, severity: critical}
                  mail: {to: [ops@example.net], from: alerts@example.com}
                """.formatted(directory.resolve("pager")));
        assertThat(check()).as(out.toString()).isZero();
        assertThat(out.toString()).contains("told by webhook/pager (hooks.example.com, from critical), mail to ops@example.net (from warning)").doesNotContain("T0KEN");
        Files.writeString(directory.resolve("dromedary.yaml"), "alerts: {enabled: false}\n");
        assertThat(check()).isZero();
        assertThat(out.toString()).contains("alerts off");
    }

    @Test
    void aBadOneIsToldWithItsLineAndTheExitCodeIsOne() throws IOException {
        Files.writeString(directory.resolve("dromedary.yaml"), "http:\n  prot: 1\n  port: x\n");

        assertThat(check()).isEqualTo(1);
        assertThat(out.toString()).contains("dromedary.yaml:2 http.prot").contains("dromedary.yaml:3 http.port").contains("2 errors, ");
    }

    @Test
    void theJsonHoldsTheSame() throws IOException {
        Files.writeString(directory.resolve("dromedary.yaml"), "http:\n  prot: 1\n");

        assertThat(check("--json")).isEqualTo(1);
        var json = new JsonMapper().readTree(out.toString());
        assertThat(json.get("errors").asInt()).isEqualTo(1);
        assertThat(json.at("/problems/0/line").asInt()).isEqualTo(2);
        assertThat(json.at("/problems/0/code").asText()).isEqualTo("UNKNOWN_KEY");
    }

    @Test
    void theFileOfReplyRulesIsCheckedByItsOwnLines() throws IOException {
        Files.writeString(directory.resolve("dromedary.yaml"), "classification:\n  rules: rules.yaml\n");
        assertThat(check()).isEqualTo(1);
        assertThat(out.toString()).contains("[MISSING_FILE]").contains("dromedary.yaml:2 classification.rules");

        Files.writeString(directory.resolve("rules.yaml"), "rules:\n  - {id: a, phrases: [x], reason: nonsense, source: us}\n");
        assertThat(check()).isEqualTo(1);
        assertThat(out.toString()).contains("[BAD_RULES]").contains("rules.yaml:2 a: nonsense (RULES_REASON_UNKNOWN)");

        Files.writeString(directory.resolve("rules.yaml"), "rules:\n  - {id: a, phrases: [x], reason: blocked, source: us}\n");
        assertThat(check()).isZero();
    }
}
