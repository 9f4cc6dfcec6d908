package dev.dromedary.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.ReplyRules;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.provider.BuiltInProviders;
import dev.dromedary.reaction.ReactionBook;
import dev.dromedary.reaction.ReactionRules;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With the built-in reactions, on a clock of the test's own. */
class StopLimitsTest {
    private static final SmtpReply STOP = new SmtpReply(421, "4.7.28", "421 4.7.28 Gmail has detected an unusual rate of mail originating from your IP address");

    private Instant now = Instant.parse("2026-03-01T14:03:00Z");
    private final ReplyClassifier classifier = new ReplyClassifier(ReplyRules.builtIn());
    private final List<PaceChange> changes = new ArrayList<>();

    private DromedaryConfig config(String more) throws IOException {
        Path folder = Files.createTempDirectory("stop-limits");
        Files.writeString(folder.resolve("dromedary.yaml"), "pools:\n  - {id: a, host: 127.0.0.1, port: 2526, tls: none}\n  - {id: b, host: 127.0.0.1, port: 2526, tls: none}\n" + more);
        return new ConfigLoader(BuiltInProviders.load()).load(folder, folder, Map.of());
    }

    private final class Sender {
        private final ReactionBook reactions;
        private final StopLimits limits;

        Sender(DromedaryConfig config) {
            reactions = new ReactionBook(ReactionRules.builtIn(), List.of("a", "b"), (pool, provider) -> Double.NaN, () -> now, one -> { });
            limits = new StopLimits(config, reactions, () -> now, () -> Duration.between(Instant.EPOCH, now).toNanos());
            limits.onChange(changes::add);
        }

        void taken(String provider, double perSecond, Duration length) {
            Instant end = now.plus(length);
            while (now.isBefore(end)) {
                now = now.plusNanos((long) (1e9 / perSecond));
                limits.learn(new Evidence("a", provider, null, "s", null, Signal.ACCEPTED, Duration.ofMillis(100)));
            }
        }

        void refused(String provider, SmtpReply reply) {
            reactions.refused("a", provider, reply, classifier.classify(reply, provider));
            limits.learn(new Evidence("a", provider, null, "s", null, Signal.DEFERRED, Duration.ofMillis(100)));
        }
    }

    @Test
    void aPoolThatIsToldToStopComesBackBelowThePaceAtWhichItWas() throws IOException {
        var sender = new Sender(config(""));
        sender.taken("google", 10, Duration.ofMinutes(20));
        sender.refused("google", STOP);
        Ceiling ceiling = sender.limits.of("a", "google");
        assertThat(ceiling.perSecond()).isCloseTo(0.95 * 10, within(0.1));
        assertThat(ceiling.why()).contains("learned limit").contains("told to stop at 10/s at 2026-03-01T14:23");
        assertThat(sender.limits.of("b", "google")).isSameAs(Ceiling.NONE);
        assertThat(sender.limits.of("a", "yahoo")).isSameAs(Ceiling.NONE);
        assertThat(changes).singleElement().satisfies(one -> assertThat(List.of(one.kind().name(), one.fromText())).containsExactly("CUT", "10/s"));
    }

    @Test
    void repliesOfMessagesThatWereUnderWayTeachNothingMore() throws IOException {
        var sender = new Sender(config(""));
        sender.taken("google", 10, Duration.ofMinutes(20));
        sender.refused("google", STOP);
        double learned = sender.limits.of("a", "google").perSecond();
        sender.refused("google", STOP);
        sender.refused("google", STOP);
        assertThat(sender.limits.of("a", "google").perSecond()).isEqualTo(learned);
        assertThat(changes).hasSize(1);
    }

    @Test
    void aRefusalThatStopsNothingTeachesNothing() throws IOException {
        var sender = new Sender(config(""));
        sender.taken("google", 10, Duration.ofMinutes(20));
        sender.refused("google", new SmtpReply(452, "4.2.2", "452 4.2.2 The email account that you tried to reach is over quota"));
        assertThat(sender.limits.of("a", "google")).isSameAs(Ceiling.NONE);
    }

    @Test
    void switchedOffItSaysNothing() throws IOException {
        var sender = new Sender(config("adaptive-pace: {enabled: false}\n"));
        sender.taken("google", 10, Duration.ofMinutes(20));
        sender.refused("google", STOP);
        assertThat(sender.limits.of("a", "google")).isSameAs(Ceiling.NONE);
    }
}
