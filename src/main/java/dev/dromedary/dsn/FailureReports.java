package dev.dromedary.dsn;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.DeliveryTerms;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.message.FailureReport;
import dev.dromedary.message.FailureReportRenderer;
import dev.dromedary.outcome.Category;
import dev.dromedary.outcome.Outcome;
import dev.dromedary.outcome.SmtpReply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Says whether the sender hears of a failure, and makes the report. A report has the null sender, and for mail with the null sender there
 * is none, so that no report can ever cause another (RFC 5321 section 4.5.5).
 */
public final class FailureReports {
    /** The stream of reports, for delivery routes that send them their own way. */
    public static final String STREAM = "dsn";
    private static final int PRIORITY = 100;

    private final DromedaryConfig config;
    private final UnaryOperator<String> providerOf;
    private final BiPredicate<EmailAddress, String> suppressed;

    /**
     * @param providerOf the provider's id of a domain
     * @param suppressed whether an address gets no mail of a stream
     */
    public FailureReports(DromedaryConfig config, UnaryOperator<String> providerOf, BiPredicate<EmailAddress, String> suppressed) {
        this.config = config;
        this.providerOf = providerOf;
        this.suppressed = suppressed;
    }

    /** A report as a message ready for its lane. */
    public record Rendered(Envelope envelope, byte[] mime) {
    }

    /**
     * @param envelope of the message that failed, as of its last attempt
     * @param mime     its bytes
     * @return empty where nobody asked for a report, or nobody may get it
     */
    public Optional<Rendered> of(Envelope envelope, byte[] mime, Outcome outcome, Instant now) {
        EmailAddress sender = envelope.from();
        boolean failed = outcome instanceof Outcome.Bounced || outcome instanceof Outcome.Expired;
        if (!failed || sender == null || !asked(envelope) || suppressed.test(sender, STREAM)) {
            return Optional.empty();
        }
        String id = envelope.id() + ".dsn" + envelope.attempt();
        SmtpReply reply = reply(outcome);
        byte[] report = FailureReportRenderer.render(new FailureReport(id, config.dsn().from(), config.dsn().reportingMta(), sender, envelope.to(), envelope.id(), envelope.acceptedAt(), now,
                envelope.attempt(), status(outcome), remoteMta(outcome.pool(), reply), reply == null ? null : diagnostic(reply), reason(outcome), mime));
        return Optional.of(new Rendered(new Envelope(id, id, null, sender, providerOf.apply(sender.domain()), STREAM, null, List.of(), PRIORITY, config.retry().maxRetries(), now, 1,
                report.length), report));
    }

    private boolean asked(Envelope envelope) {
        DeliveryTerms.Dsn own = envelope.terms().dsn();
        return own == null ? config.dsn().streams().contains(envelope.stream()) : own == DeliveryTerms.Dsn.FAILURE;
    }

    private @Nullable String remoteMta(@Nullable String pool, @Nullable SmtpReply reply) {
        DromedaryConfig.Pool known = pool == null || reply == null ? null : config.pools().get(pool);
        return known == null ? null : known.host();
    }

    private static @Nullable SmtpReply reply(Outcome outcome) {
        return outcome instanceof Outcome.Bounced bounced ? bounced.reply() : outcome instanceof Outcome.Expired expired ? expired.lastReply() : null;
    }

    private static String reason(Outcome outcome) {
        return outcome instanceof Outcome.Bounced bounced ? bounced.reason() : outcome instanceof Outcome.Expired expired ? expired.reason() : "";
    }

    /** The reply's own status; else derived. RFC 3463 section 3.5 wants 4.4.7 for a time that ran out only where nothing better is known. */
    static String status(Outcome outcome) {
        SmtpReply reply = reply(outcome);
        if (reply != null && reply.enhanced() != null) {
            return reply.enhanced();
        }
        if (outcome instanceof Outcome.Bounced bounced) {
            return "5." + subject(bounced.category()) + ".0";
        }
        return "4.4.7";
    }

    /** RFC 3463 section 3: 1 is of addresses, 6 of the message's content, 7 of policy, 0 of anything. */
    private static int subject(Category category) {
        return switch (category) {
            case PERMANENT_RECIPIENT -> 1;
            case PERMANENT_MESSAGE -> 6;
            case PERMANENT_POLICY -> 7;
            case DELIVERED, DEFER_SAME_POOL, DEFER_OTHER_POOL, NETWORK_TRANSIENT, FAIL_NO_SUPPRESS, COMPLAINT, AUTO_REPLY -> 0;
        };
    }

    private static String diagnostic(SmtpReply reply) {
        String code = String.valueOf(reply.code());
        return reply.code() == 0 || reply.text().startsWith(code) ? reply.text() : code + " " + reply.text();
    }
}
