package dev.dromedary.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.DromedaryConfig.Lasting;
import dev.dromedary.config.DromedaryConfig.Repeat;
import dev.dromedary.config.DromedaryConfig.Scope;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Classification;
import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.ReplyRules;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.outcome.SmtpReplyParser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuppressionPolicyTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Envelope TO_ANN = new Envelope("m1", "m1", new EmailAddress("from", "example.com"), new EmailAddress("Ann", "example.org"), "other", "news", null,
            List.of(), 100, 5, NOON, 1, 10);
    private final SuppressionPolicy policy = new SuppressionPolicy(new DromedaryConfig.Suppression(new Lasting(Duration.ofDays(180), Scope.ALL), new Lasting(null, Scope.STREAM),
            new Lasting(Duration.ofDays(30), Scope.ALL), Map.of("mailboxfull", new Repeat(3, Duration.ofDays(7)))));

    @Test
    void anUnknownUserIsSuppressedForEveryStream() {
        SuppressionNotice notice = after("550 5.1.1 No such user here").orElseThrow();
        assertThat(notice).isEqualTo(new SuppressionNotice(SuppressionNotice.Kind.PERMANENT, "ann@example.org", null, "userunknown", "550 5.1.1 No such user here", "m1", NOON));
        assertThat(policy.entry(notice).expires()).isEqualTo(NOON.plus(Duration.ofDays(180)));
        assertThat(SuppressionNotice.fromHeaders(notice.toHeaders(), new byte[0])).isEqualTo(notice);
    }

    @Test
    void aFullMailboxIsAStrikeWhetherRefusedForNowOrForGood() {
        assertThat(after("452 4.2.2 Mailbox is over its quota")).get().extracting(SuppressionNotice::kind).isEqualTo(SuppressionNotice.Kind.STRIKE);
        assertThat(after("552 5.2.2 Mailbox full")).get().extracting(SuppressionNotice::kind).isEqualTo(SuppressionNotice.Kind.STRIKE);
    }

    @Test
    void whatIsNotTheRecipientsFaultSaysNothingOfThem() {
        assertThat(after("550 5.7.1 Message rejected as spam")).isEmpty();
        assertThat(after("421 4.7.28 Unusual rate of mail")).isEmpty();
        assertThat(after("451 4.3.0 try again later")).isEmpty();
        assertThat(after("450 4.1.1 No such user, for now")).as("a 4xx never suppresses at once").isEmpty();
    }

    @Test
    void aComplaintIsAboutItsStreamForEver() {
        Suppression entry = policy.complaint("ann@example.org", "news", "by fbl", NOON);
        assertThat(entry.stream()).isEqualTo("news");
        assertThat(entry.expires()).isNull();
        assertThat(policy.complaint("ann@example.org", null, "", NOON).stream()).as("of no known stream: of every").isNull();
    }

    private Optional<SuppressionNotice> after(String text) {
        SmtpReply reply = SmtpReplyParser.parse(text);
        Classification meaning = new ReplyClassifier(ReplyRules.builtIn()).classify(reply, "other");
        return policy.of(TO_ANN, meaning, text, NOON);
    }
}
