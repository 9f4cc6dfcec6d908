package dev.dromedary.rehearsal;

import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.outcome.SmtpReplyParser;
import dev.dromedary.rehearsal.Answer.Kind;
import java.util.EnumMap;
import java.util.Map;

/** The words of a simulated provider: its own where its pages or replies give them, else those that most servers share. */
final class Answers {
    private static final Map<Kind, String> USUAL = Map.of(
            Kind.OVER_RATE, "421 4.7.0 Too many messages from your IP address in a short time, rate limited, try again later",
            Kind.SUSPECT, "451 4.7.1 Mail from your IP address is temporarily deferred due to its poor reputation",
            Kind.BLOCKED, "554 5.7.1 Service unavailable; client host blocked due to its poor reputation",
            Kind.UNKNOWN, "550 5.1.1 Recipient address rejected: user unknown",
            Kind.SPAM, "554 5.7.1 Message rejected: it is considered spam",
            Kind.GREYLISTED, "451 4.7.1 Greylisted, please try again in 5 minutes",
            Kind.BUSY, "451 4.3.2 System busy, please try again later",
            Kind.AWAY, "451 4.4.1 No answer from host: connection timed out");
    private static final Map<String, Map<Kind, String>> OWN = Map.of(
            "google", Map.of(
                    Kind.OVER_RATE, "421 4.7.28 Gmail has detected an unusual rate of mail originating from your IP address. To protect our users, it has been temporarily rate limited",
                    Kind.SUSPECT, "421 4.7.0 Our system has detected an unusual rate of unsolicited mail originating from your IP address",
                    Kind.BLOCKED, "550 5.7.1 Our system has detected that this message is likely unsolicited mail; it has been blocked due to the very low reputation of the sending IP address"),
            "yahoo", Map.of(
                    Kind.OVER_RATE, "421 4.7.0 [TSS04] Messages temporarily deferred due to unexpected volume or user complaints",
                    Kind.SUSPECT, "421 4.7.0 [TSS04] Messages temporarily deferred due to unexpected volume or user complaints",
                    Kind.BLOCKED, "553 5.7.1 [BL21] Connections will not be accepted, because the ip is blocked for its poor reputation"),
            "microsoft", Map.of(
                    Kind.OVER_RATE, "451 4.7.650 The mail server has been temporarily rate limited due to IP reputation",
                    Kind.SUSPECT, "421 RP-001 Unfortunately, some messages weren't sent. The mail server IP connecting has exceeded the rate limit allowed",
                    Kind.BLOCKED, "550 5.7.1 Unfortunately, messages from your IP weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140)"),
            "apple", Map.of(
                    Kind.OVER_RATE, "421 4.7.1 Too many messages, please slow down",
                    Kind.SUSPECT, "451 4.7.1 [CS01] Message deferred due to local policy, try again later",
                    Kind.BLOCKED, "554 5.7.1 [HM08] Message rejected due to local policy: the sending IP has a poor reputation"));

    private final Map<Kind, Answer> byKind = new EnumMap<>(Kind.class);

    Answers(String provider, ReplyClassifier classifier) {
        for (Kind kind : Kind.values()) {
            byKind.put(kind, answer(kind, provider, classifier));
        }
    }

    private static Answer answer(Kind kind, String provider, ReplyClassifier classifier) {
        return switch (kind) {
            case NO_CONNECTION, LOST -> Answer.silence(kind);
            case TAKEN -> Answer.of(kind, new SmtpReply(250, "2.0.0", "250 2.0.0 OK"), classifier, provider);
            case OVER_RATE, SUSPECT, BLOCKED, UNKNOWN, SPAM, GREYLISTED, BUSY, AWAY -> {
                String text = OWN.getOrDefault(provider, Map.of()).getOrDefault(kind, USUAL.get(kind));
                yield Answer.of(kind, SmtpReplyParser.parse(text), classifier, provider);
            }
        };
    }

    Answer of(Kind kind) {
        return byKind.get(kind);
    }
}
