package dev.dromedary.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.alert.Alert;
import dev.dromedary.alert.AlertState;
import dev.dromedary.alert.By;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Telling;
import dev.dromedary.config.AlertTargets.Mail;
import dev.dromedary.config.AlertTargets.Webhook;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertTargetsSchemaTest {
    private static final String GOOD = "abcdefghijklmnopqrstuvwx";
    private static final Map<String, String> ENV = Map.of("GOOD", GOOD, "SHORT", "only-23-characters-long",
            "ENCODED", "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz", "ENCODED_SHORT", "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=", "NOT_BASE64", "whsec_not Base64, however long it may be");

    @TempDir
    Path directory;

    private Findings findings = new Findings("dromedary.yaml");

    @Test
    void withoutAWordNobodyIsTold() throws IOException {
        assertThat(read("alerts: {}\n")).isEqualTo(AlertTargets.NONE);
        assertThat(AlertTargets.NONE.all()).isEmpty();
        assertThat(problems()).isEmpty();
    }

    @Test
    void webhooksAndMailAreReadWithTheirDefaults() throws IOException {
        AlertTargets targets = read("""
                alerts:
                  webhooks:
                    - {name: ops, url: "https://hooks.example.com/a?b=c", secret-env: GOOD}
                    - {name: pager, url: "http://[::1]:8080/", secret-env: ENCODED, severity: critical, timeout: 20s}
                  mail: {to: [ann@example.com, bob@example.net], from: alerts@example.com, severity: critical, stream: night}
                """);
        assertThat(problems()).isEmpty();
        assertThat(targets.webhooks()).extracting(Webhook::target, Webhook::url, hook -> hook.secrets().get(0).reveal(), Webhook::severity, Webhook::timeout).containsExactly(
                org.assertj.core.groups.Tuple.tuple("webhook/ops", URI.create("https://hooks.example.com/a?b=c"), GOOD, Severity.WARNING, Duration.ofSeconds(5)),
                org.assertj.core.groups.Tuple.tuple("webhook/pager", URI.create("http://[::1]:8080/"), ENV.get("ENCODED"), Severity.CRITICAL, Duration.ofSeconds(20)));
        assertThat(targets.mail()).isEqualTo(new Mail(List.of("ann@example.com", "bob@example.net"), "alerts@example.com", Severity.CRITICAL, "night"));
        assertThat(targets.toString()).doesNotContain(GOOD);
    }

    @Test
    void whatIsWrongWithAUrlIsSaidWithoutShowingIt() throws IOException {
        read("""
                alerts:
                  webhooks:
                    - {name: a, secret-env: GOOD}
                    - {name: b, secret-env: GOOD, url: ftp://hooks.example.com/hush}
                    - {name: c, secret-env: GOOD, url: "https:///hush"}
                    - {name: d, secret-env: GOOD, url: "https://ann:hush@hooks.example.com/"}
                    - {name: e, secret-env: GOOD, url: "https://hooks.example.com/#hush"}
                    - {name: f, secret-env: GOOD, url: "http://hooks.example.com/hush"}
                    - {name: g, secret-env: GOOD, url: "http://localhost:8080/"}
                    - {name: h, secret-env: GOOD, url: "https://hooks.example.com:99999/hush"}
                """);
        assertThat(problems()).containsExactly(
                "MISSING_VALUE 3 alerts.webhooks.a.url: not set",
                "BAD_VALUE 4 alerts.webhooks.b.url: no http or https URL with a host",
                "BAD_VALUE 5 alerts.webhooks.c.url: no http or https URL with a host",
                "LITERAL_SECRET 6 alerts.webhooks.d.url: a user or password in the URL",
                "BAD_VALUE 7 alerts.webhooks.e.url: a fragment, which is never sent",
                "TLS_OFF 8 alerts.webhooks.f.url: http to another machine: anybody on the way could read alerts",
                "BAD_VALUE 10 alerts.webhooks.h.url: no http or https URL with a host");
        assertThat(findings.problems()).noneMatch(problem -> problem.toString().contains("hush"));
    }

    @Test
    void aHookWithoutAGoodSecretIsAnError() throws IOException {
        read("""
                alerts:
                  webhooks:
                    - {name: a, url: "https://example.com/"}
                    - {name: b, url: "https://example.com/", secret-env: SHORT}
                    - {name: c, url: "https://example.com/", secret-env: ENCODED_SHORT}
                    - {name: d, url: "https://example.com/", secret-env: NOT_BASE64}
                    - {name: e, url: "https://example.com/", secret-env: ABSENT}
                    - {name: f, url: "https://example.com/", secret: in-the-file-for-all-to-see}
                """);
        assertThat(problems()).containsExactly(
                "MISSING_VALUE 3 alerts.webhooks.a.secret: not set: anybody could forge notices",
                "SECRET_WEAK 4 alerts.webhooks.b.secret: shorter than 24 characters",
                "SECRET_WEAK 5 alerts.webhooks.c.secret: whsec_ with less than 24 bytes",
                "SECRET_WEAK 6 alerts.webhooks.d.secret: whsec_ without Base64 after it",
                "SECRET_UNAVAILABLE 7 alerts.webhooks.e.secret-env: the variable is not set or empty",
                "LITERAL_SECRET 8 alerts.webhooks.f.secret: a secret in the file",
                "MISSING_VALUE 8 alerts.webhooks.f.secret: not set: anybody could forge notices");
    }

    @Test
    void aHookMayHaveSeveralSecretsWhileOneChanges() throws IOException {
        Files.writeString(directory.resolve("old"), GOOD + "\n");
        Files.writeString(directory.resolve("new"), ENV.get("ENCODED"));
        AlertTargets targets = read("""
                alerts:
                  webhooks:
                    - {name: a, url: "https://example.com/", secret-env: [ENCODED, GOOD]}
                    - {name: b, url: "https://example.com/", secret-file: [new, old]}
                """);
        assertThat(problems()).isEmpty();
        assertThat(targets.webhooks()).allSatisfy(hook -> assertThat(hook.secrets()).extracting(Secret::reveal).containsExactly(ENV.get("ENCODED"), GOOD));
        read("""
                alerts:
                  webhooks:
                    - {name: a, url: "https://example.com/", secret-env: [GOOD, SHORT]}
                    - {name: b, url: "https://example.com/", secret-env: [GOOD, ABSENT]}
                    - {name: c, url: "https://example.com/", secret-env: [GOOD, GOOD]}
                    - {name: d, url: "https://example.com/", secret-env: []}
                    - {name: e, url: "https://example.com/", secret-env: [GOOD], secret-file: [absent, old]}
                """);
        assertThat(problems()).containsExactlyInAnyOrder(
                "SECRET_WEAK 3 alerts.webhooks.a.secret: shorter than 24 characters",
                "SECRET_UNAVAILABLE 4 alerts.webhooks.b.secret-env: number 2: the variable is not set or empty",
                "UNUSED_VALUE 5 alerts.webhooks.c.secret: the same secret twice",
                "MISSING_VALUE 6 alerts.webhooks.d.secret: not set: anybody could forge notices",
                "SECRET_TWICE 7 alerts.webhooks.e.secret-file: beside secret-env");
    }

    @Test
    void namesSeveritiesAndTimesThatCannotBeAreErrors() throws IOException {
        read("""
                alerts:
                  webhooks:
                    - {name: a, url: "https://example.com/", secret-env: GOOD, severity: grave}
                    - {name: a, url: "https://example.com/", secret-env: GOOD, timeout: 2m}
                    - {url: "https://example.com/", secret-env: GOOD}
                  mail: {to: ann@example.com, from: alerts@example.com, severity: none}
                """);
        assertThat(problems()).containsExactly(
                "BAD_VALUE 3 alerts.webhooks.a.severity: \"grave\"",
                "DUPLICATE_ID 4 alerts.webhooks[1].name: \"a\" is taken",
                "OUT_OF_RANGE 4 alerts.webhooks[1].timeout: \"2m\"",
                "MISSING_VALUE 5 alerts.webhooks[2].name: not set",
                "BAD_VALUE 6 alerts.mail.severity: \"none\"");
    }

    @Test
    void mailNeedsGoodAddressesAndASender() throws IOException {
        read("alerts: {mail: {to: [ann@example.com, nobody]}}\n");
        assertThat(problems()).containsExactly("BAD_VALUE 1 alerts.mail.to: \"nobody\"", "MISSING_VALUE 1 alerts.mail.from: nothing");
        read("alerts: {mail: {to: [ann@example.com], from: Alerts}}\n");
        assertThat(problems()).containsExactly("BAD_VALUE 1 alerts.mail.from: \"Alerts\"");
    }

    @Test
    void mailKeysWithoutAnybodyToTellAreWarnedOf() throws IOException {
        read("alerts:\n  mail:\n    from: alerts@example.com\n    severity: critical\n    stream: night\n");
        assertThat(problems()).containsExactly(
                "UNUSED_VALUE 3 alerts.mail.from: given, but nobody is in to",
                "UNUSED_VALUE 4 alerts.mail.severity: given, but nobody is in to",
                "UNUSED_VALUE 5 alerts.mail.stream: given, but nobody is in to");
        assertThat(findings.problems()).allMatch(problem -> problem.severity() == Problem.Severity.WARNING);
    }

    @Test
    void eachIsToldOfWhatIsBadEnoughForItAndOfEveryEnd() throws IOException {
        AlertTargets targets = read("""
                alerts:
                  webhooks:
                    - {name: all, url: "https://example.com/", secret-env: GOOD}
                    - {name: grave, url: "https://example.com/", secret-env: GOOD, severity: critical}
                  mail: {to: ann@example.com, from: alerts@example.com, severity: critical}
                """);
        assertThat(targets.of(telling(Severity.WARNING, Telling.Kind.OPENED))).containsExactly("webhook/all");
        assertThat(targets.of(telling(Severity.CRITICAL, Telling.Kind.ESCALATED))).isEqualTo(targets.all()).containsExactly("webhook/all", "webhook/grave", "mail");
        assertThat(targets.of(telling(Severity.WARNING, Telling.Kind.RESOLVED))).isEqualTo(targets.all());
    }

    private static Telling telling(Severity severity, Telling.Kind kind) {
        var course = new Alert.Course(Instant.EPOCH, Instant.EPOCH, null, null, null, null, null);
        return new Telling(new Alert("id", "rule", By.ALL, "", "backlog", "messages", severity, AlertState.OPEN, 1, 1, "text", List.of(), course, null, null), kind);
    }

    private AlertTargets read(String yaml) throws IOException {
        findings = new Findings("dromedary.yaml");
        Path file = directory.resolve(ConfigLoader.FILE);
        Files.writeString(file, yaml);
        Environment environment = new Environment(ENV, findings);
        Settings root = new Resolver(environment, findings, "host").resolve(List.of(new Entry.Section("alerts", "Alerts.", AlertTargetsSchema.entries())), new YamlReader(findings).read(file));
        Settings alerts = root.section("alerts");
        AlertTargets targets = AlertTargetsSchema.bind(alerts, new Secrets(directory, environment, findings));
        AlertTargetsSchema.check(alerts, targets, findings);
        return targets;
    }

    private List<String> problems() {
        return findings.problems().stream().map(problem -> problem.code() + " " + problem.line() + " " + problem.key() + ": " + problem.seen()).toList();
    }
}
