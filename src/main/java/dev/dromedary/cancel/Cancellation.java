package dev.dromedary.cancel;

import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * An order not to send what was accepted up to a time. All that is given of its scope must hold.
 *
 * @param id      given by the database
 * @param at      when it was given: what is accepted later is sent
 * @param expires when nothing can be left that it is about
 */
public record Cancellation(long id, Scope scope, String reason, Instant at, Instant expires) {

    /**
     * Which messages are meant; what is null does not matter.
     *
     * @param messageId       of one message, or of a submission for all of its messages
     * @param recipientDomain lower-case A-labels
     * @param pool            the one that refused the message last: known of those that wait, not of those on a lane
     * @param senderDomain    lower-case A-labels
     */
    public record Scope(
            @Nullable String messageId, @Nullable String provider, @Nullable String stream, @Nullable String campaign, @Nullable String recipientDomain, @Nullable String pool,
            @Nullable String senderDomain) {
        public static Scope ofMessage(String id) {
            return new Scope(id, null, null, null, null, null, null);
        }

        /** True where it names nothing, and so everything. */
        public boolean isEverything() {
            return equals(new Scope(null, null, null, null, null, null, null));
        }

        /** False where it asks for a pool, which a message on a lane does not carry. */
        public boolean reachesLanes() {
            return pool == null;
        }

        /** What is meant, in words. */
        String text() {
            var named = new StringJoiner(", ");
            name(named, "message", messageId);
            name(named, "campaign", campaign);
            name(named, "stream", stream);
            name(named, "provider", provider);
            name(named, "domain", recipientDomain);
            name(named, "sender-domain", senderDomain);
            name(named, "pool", pool);
            return named.toString();
        }

        private static void name(StringJoiner named, String name, @Nullable String value) {
            if (value != null) {
                named.add(name + " " + value);
            }
        }

        /** A condition on the rows of {@code deferred}. */
        String condition() {
            var conditions = new ArrayList<String>();
            add(conditions, messageId, "(message_id = ? or submission_id = ?)");
            add(conditions, provider, "provider = ?");
            add(conditions, stream, "stream = ?");
            add(conditions, campaign, "campaign = ?");
            add(conditions, recipientDomain, "recipient_domain = ?");
            add(conditions, pool, "pool = ?");
            add(conditions, senderDomain, "right(sender, length(?) + 1) = '@' || ?");
            return String.join(" and ", conditions);
        }

        /** The parameters of {@link #condition()}. */
        List<String> parameters() {
            var parameters = new ArrayList<String>();
            for (String value : new @Nullable String[] {messageId, messageId, provider, stream, campaign, recipientDomain, pool, senderDomain, senderDomain}) {
                if (value != null) {
                    parameters.add(value);
                }
            }
            return parameters;
        }

        private static void add(List<String> conditions, @Nullable String value, String condition) {
            if (value != null) {
                conditions.add(condition);
            }
        }

        boolean holds(Envelope envelope) {
            return reachesLanes() && fits(provider, envelope.provider()) && fits(stream, envelope.stream()) && fits(campaign, envelope.campaign())
                    && fits(recipientDomain, envelope.to().domain()) && fits(senderDomain, domain(envelope.from()))
                    && (messageId == null || messageId.equals(envelope.id()) || messageId.equals(envelope.submissionId()));
        }

        private static boolean fits(@Nullable String asked, @Nullable String value) {
            return asked == null || asked.equals(value);
        }

        private static @Nullable String domain(@Nullable EmailAddress address) {
            return address == null ? null : address.domain();
        }
    }

    /** True where this message, on a lane, must not be sent. */
    boolean stops(Envelope envelope) {
        return !envelope.submitted().isAfter(at) && scope.holds(envelope);
    }

    /** For the event of a message that it stopped. */
    public String text() {
        return "cancelled (" + id + "): " + reason;
    }
}
