package dev.dromedary.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.DromedaryConfig.DoubtPolicy;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Outcome;
import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.ReplyRules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DoubtVerdictTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private final Verdict verdict = new Verdict(new ReplyClassifier(ReplyRules.builtIn()),
            new RetrySchedule(new DromedaryConfig.Retry(Duration.ofMinutes(5), 2, Duration.ofHours(4), 0, Duration.ofDays(5), 30), Map.of(), RandomGenerator.of("L64X128MixRandom")),
            InstantSource.fixed(NOW));
    private final DoubtVerdict doubt = new DoubtVerdict(
            new DromedaryConfig.InDoubt(DoubtPolicy.RETRY, Map.of("invoices", DoubtPolicy.HOLD, "marketing", DoubtPolicy.ASSUME_DELIVERED)), verdict);

    @Test
    void aStreamWithNoPolicyOfItsOwnIsTriedAgainBySchedule() {
        assertThat(doubt.of(message("default", 1), "p", "timeout")).isInstanceOfSatisfying(Outcome.Deferred.class, deferred -> {
            assertThat(deferred.nextAttempt()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
            assertThat(deferred.reason()).isEqualTo("in doubt: timeout");
            assertThat(deferred.pool()).isEqualTo("p");
        });
    }

    @Test
    void theLastRetryInDoubtIsGivenUpAndSaysSo() {
        assertThat(doubt.of(message("default", 31), "p", "timeout")).isInstanceOfSatisfying(Outcome.Expired.class,
                expired -> assertThat(expired.reason()).contains("attempt 31").contains("in doubt"));
    }

    @Test
    void aStreamMayBeHeldAtOnce() {
        assertThat(doubt.of(message("invoices", 1), "p", "timeout")).isEqualTo(new Outcome.HeldInDoubt("p", "in doubt: timeout"));
    }

    @Test
    void aStreamMayBeTakenForDelivered() {
        assertThat(doubt.of(message("marketing", 1), "p", "timeout")).isEqualTo(new Outcome.DeliveredInDoubt("p", "in doubt: timeout"));
    }

    @Test
    void theStartIsRememberedOnlyWhereTheMessageIsNotSimplySentAgain() {
        assertThat(doubt.remembersStart(message("default", 1))).isFalse();
        assertThat(doubt.remembersStart(message("invoices", 1))).isTrue();
        assertThat(doubt.remembersStart(message("marketing", 1))).isTrue();
    }

    private static Envelope message(String stream, int attempt) {
        return new Envelope("m", "m", null, EmailAddress.parse("ann@example.com"), "other", stream, null, List.of(), 4, 30, NOW, attempt, 1);
    }
}
