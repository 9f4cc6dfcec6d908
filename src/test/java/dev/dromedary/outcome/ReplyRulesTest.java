package dev.dromedary.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One reply for each thing that the built-in rules have to tell apart. */
class ReplyRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            250 2.0.0 Ok: queued                                                             | delivered           | deliver
            550 5.1.1 <a@b.example>: Recipient address rejected: User unknown                | permanent-recipient | bounce-and-suppress
            450 4.1.1 <a@b.example>: User unknown                                            | defer-same-pool     | retry-same-pool
            552 5.2.2 Mailbox full                                                           | permanent-recipient | bounce
            452 4.2.2 Mailbox full                                                           | defer-same-pool     | retry-same-pool
            550 5.7.1 Service unavailable; client [192.0.2.1] blocked using zen.example.org  | defer-other-pool    | rest-pool
            421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred                   | defer-other-pool    | retry-other-pool
            450 4.2.0 Greylisted, see http://postgrey.example                                | defer-same-pool     | retry-same-pool
            550 5.7.26 Unauthenticated email is not accepted due to the domain's DMARC policy | permanent-policy   | pause-stream-and-alert
            451 4.7.26 Unauthenticated mail is not accepted                                  | defer-same-pool     | pause-stream-and-alert
            552 5.3.4 Message size exceeds fixed limit                                       | permanent-message   | bounce
            554 5.7.1 Message rejected as spam                                               | permanent-message   | bounce
            553 5.6.7 (not sent) an address needs SMTPUTF8, which the server does not offer  | permanent-message   | bounce
            553 5.1.3 (not sent) the recipient address holds characters that no command can carry | permanent-recipient | bounce-and-suppress
            553 5.1.7 (not sent) the sender address holds characters that no command can carry | permanent-message | bounce
            451 4.3.0 Error: queue file write error                                          | defer-same-pool     | retry-same-pool
            554 5.3.0 Error: queue file write error                                          | fail-no-suppress    | bounce
            556 5.1.10 nullMX                                                                | permanent-recipient | bounce-and-suppress
            450 4.7.25 Client host rejected: cannot find your hostname                       | defer-other-pool    | rest-pool
            599 blah                                                                         | fail-no-suppress    | bounce
            498 blah                                                                         | defer-same-pool     | retry-same-pool
            354 go on                                                                        | defer-same-pool     | retry-same-pool
            blah                                                                             | defer-same-pool     | retry-same-pool
            """)
    void tellsRepliesApart(String reply, String category, String action) {
        Classification meaning = ReplyClassifier.withBuiltInRules().classify(SmtpReplyParser.parse(reply), null);

        assertThat(meaning.category().id()).as("%s", meaning).isEqualTo(category);
        assertThat(meaning.action().id()).as("%s", meaning).isEqualTo(action);
    }

    /** A full mailbox is emptied, and a filter is about this sender: the address stays good. */
    @ParameterizedTest
    @ValueSource(strings = {
        "552 5.2.2 Mailbox full",
        "550 a@b.example... User account is overquota",
        "552 Requested mail action aborted: exceeded storage allocation",
        "550 5.7.1 Recipient doesn't want your mail",
        "550 The user has blocked mail from your address",
        "550 5.1.0 Address rejected",
        "mailbox is full: retry timeout exceeded"})
    void fullMailboxesAndFiltersSuppressNobody(String reply) {
        Classification meaning = ReplyClassifier.withBuiltInRules().classify(SmtpReplyParser.parse(reply), null);

        assertThat(meaning.reason()).as(reply).isIn("mailboxfull", "filtered");
        assertThat(meaning.category()).as(reply).isEqualTo(Category.PERMANENT_RECIPIENT);
        assertThat(meaning.action()).as(reply).isEqualTo(Action.BOUNCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailboxfull", "filtered"})
    void noFullMailboxOrFilterEverSuppresses(String reason) {
        ReasonMeaning meaning = ReplyRules.builtIn().reasons().get(reason);

        for (ReplyClass replyClass : ReplyClass.values()) {
            if (replyClass != ReplyClass.POSITIVE) {
                assertThat(meaning.action(meaning.category(replyClass))).as("%s after %s", reason, replyClass).isNotIn(Action.BOUNCE_AND_SUPPRESS, Action.SUPPRESS);
            }
        }
    }

    @Test
    void knowsTheSamples() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/dev/dromedary/outcome/reply-samples.txt"))) {
            String[] sample = line.split("\\|", 2);
            if (!line.startsWith("#") && !ReplyClassifier.withBuiltInRules().classify(SmtpReplyParser.parse(sample[1]), null).category().id().equals(sample[0])) {
                wrong.add(line);
            }
        }
        assertThat(wrong).isEmpty();
    }
}
