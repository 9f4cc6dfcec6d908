package dev.dromedary.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.config.DromedaryConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Rcode;

@Timeout(30)
class MxRollupIT {
    private static final Duration TIMEOUT = Duration.ofMillis(400);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));
    private final InstantSource clock = now::get;
    private LoopbackDns dns;

    @BeforeEach
    void start() throws IOException {
        dns = new LoopbackDns();
    }

    @AfterEach
    void stop() {
        dns.close();
    }

    @Test
    void givesADomainToWhoRunsItsMostPreferredKnownMxHost() {
        dns.mx("corp.example", 3600, "relay.example", "aspmx.l.google.com", "mx.yandex.net");

        assertThat(rollup(10).resolve("corp.example")).isEqualTo(new Resolution.ByMx("google", "aspmx.l.google.com", "google.com"));
    }

    @Test
    void leavesADomainWithoutMxOrWithNullMxOrWithUnknownMxToOther() {
        dns.mx("null.example", 3600, ".").mx("own.example", 3600, "mx.own.example").mx("none.example", 3600);
        MxRollup rollup = rollup(10);

        assertThat(rollup.resolve("null.example")).isEqualTo(new Resolution.Unclaimed("no MX record"));
        assertThat(rollup.resolve("none.example")).isEqualTo(new Resolution.Unclaimed("no MX record"));
        assertThat(rollup.resolve("missing.example")).isEqualTo(new Resolution.Unclaimed("no MX record"));
        assertThat(rollup.resolve("own.example")).isEqualTo(new Resolution.Unclaimed("no provider claims MX host mx.own.example"));
    }

    @Test
    void keepsAnswersForTheirTimeToLiveAndAbsenceForThatOfTheSoa() {
        dns.mx("corp.example", 3600, "aspmx.l.google.com");
        MxRollup rollup = rollup(10);
        rollup.resolve("corp.example");
        rollup.resolve("missing.example");

        pass(Duration.ofSeconds(299));
        rollup.resolve("corp.example");
        rollup.resolve("missing.example");
        assertThat(dns.questions()).isEqualTo(2);

        pass(Duration.ofSeconds(2));
        rollup.resolve("corp.example");
        rollup.resolve("missing.example");
        assertThat(dns.questions()).isEqualTo(3);

        pass(Duration.ofHours(1));
        dns.mx("corp.example", 3600, "mx.yandex.net");
        assertThat(rollup.resolve("corp.example").provider()).isEqualTo("yandex");
    }

    @Test
    void holdsTimesToLiveWithinItsBounds() {
        dns.mx("never.example", 0, "aspmx.l.google.com").mx("ever.example", 10_000_000, "aspmx.l.google.com");
        MxRollup rollup = rollup(10);
        rollup.resolve("never.example");
        rollup.resolve("ever.example");

        pass(MxRollup.SHORTEST.minusSeconds(1));
        rollup.resolve("never.example");
        assertThat(dns.questions()).isEqualTo(2);

        pass(MxRollup.LONGEST);
        rollup.resolve("ever.example");
        assertThat(dns.questions()).isEqualTo(3);
    }

    @Test
    void takesAFaultForUnknownAndRemembersItForAMinute() {
        dns.fault("broken.example", Rcode.SERVFAIL);
        MxRollup rollup = rollup(10);

        assertThat(rollup.resolve("broken.example").provider()).isEqualTo("other");
        assertThat(rollup.resolve("broken.example").reason()).contains("SERVFAIL");
        int asked = dns.questions();

        dns.mx("broken.example", 3600, "aspmx.l.google.com");
        pass(MxRollup.AFTER_FAULT.plusSeconds(1));
        assertThat(rollup.resolve("broken.example").provider()).isEqualTo("google");
        assertThat(dns.questions()).isEqualTo(asked + 1);
    }

    @Test
    void waitsForASilentServerNoLongerThanTheTimeoutAndOnlyOnce() {
        dns.silent("silent.example");
        MxRollup rollup = rollup(10);

        long start = System.nanoTime();
        assertThat(rollup.resolve("silent.example").provider()).isEqualTo("other");
        Duration first = Duration.ofNanos(System.nanoTime() - start);
        start = System.nanoTime();
        assertThat(rollup.resolve("silent.example").provider()).isEqualTo("other");
        Duration second = Duration.ofNanos(System.nanoTime() - start);

        assertThat(first).isLessThan(TIMEOUT.plusMillis(1500));
        assertThat(second).isLessThan(TIMEOUT.dividedBy(2));
    }

    @Test
    void stopsWaitingWhereTheDnsIsAwayAndResumesWhenItIsBack() {
        MxRollup rollup = rollup(100);
        for (int i = 0; i < MxRollup.FAULTS_BEFORE_NOT_WAITING; i++) {
            dns.silent("silent" + i + ".example");
            rollup.resolve("silent" + i + ".example");
        }
        dns.silent("one-more.example");
        long start = System.nanoTime();
        rollup.resolve("one-more.example");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.dividedBy(2));

        dns.mx("back.example", 3600, "aspmx.l.google.com");
        await().atMost(Duration.ofSeconds(10)).until(() -> rollup.resolve("back.example").provider().equals("google"));
    }

    @Test
    void asksOnceForManyThreadsThatWantTheSameDomain() throws Exception {
        dns.mx("corp.example", 3600, "aspmx.l.google.com");
        MxRollup rollup = rollup(10);
        var threads = Executors.newFixedThreadPool(16);
        try {
            var answers = threads.invokeAll(IntStream.range(0, 64).<java.util.concurrent.Callable<Resolution>>mapToObj(i -> () -> rollup.resolve("corp.example")).toList());
            for (var answer : answers) {
                assertThat(answer.get().provider()).isEqualTo("google");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(dns.questions()).isEqualTo(1);
    }

    @Test
    void keepsNoMoreDomainsThanItsSize() {
        MxRollup rollup = rollup(3);
        for (int i = 0; i < 20; i++) {
            rollup.resolve("d" + i + ".example");
        }
        assertThat(rollup.size()).isEqualTo(3);
    }

    @Test
    void directoryAsksTheDnsOnlyForDomainsThatNoPatternMatches() {
        dns.mx("corp.example", 3600, "corp-example.mail.protection.outlook.com");
        var directory = new ProviderDirectory(BuiltInProviders.load(), rollup(10));

        assertThat(directory.providerOf("gmail.com")).isEqualTo("google");
        assertThat(directory.providerOf("[192.0.2.1]")).isEqualTo("other");
        assertThat(dns.questions()).isZero();
        assertThat(directory.providerOf("corp.example")).isEqualTo("microsoft");
        assertThat(directory.resolve("corp.example").reason()).isEqualTo("MX host corp-example.mail.protection.outlook.com (protection.outlook.com)");
    }

    private MxRollup rollup(int size) {
        var settings = new DromedaryConfig.MxRollup(true, TIMEOUT, size, List.of(dns.uri()));
        MxRollup rollup = MxRollup.of(settings, BuiltInProviders.load(), clock);
        assertThat(rollup).isNotNull();
        return rollup;
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
