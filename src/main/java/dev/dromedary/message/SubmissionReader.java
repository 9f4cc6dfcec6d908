package dev.dromedary.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what submitters hand in, whatever the way in, and refuses what cannot be a message. Keeps no state: safe for any number of threads.
 *
 * <p>{@code docs/submission.md} lists the fields, the rules and the refusals.
 */
public final class SubmissionReader {
    private final SubmissionLimits limits;

    /**
     * @param maxRecipients recipients of one submission, at least 1, counted without duplicates
     * @param maxSize       octets of one submission's content, at least 1: the raw message, or texts, header fields and decoded attachments
     */
    public SubmissionReader(int maxRecipients, long maxSize) {
        this.limits = new SubmissionLimits(maxRecipients, maxSize);
    }

    /**
     * One JSON object in UTF-8 (RFC 8259).
     *
     * @throws RefusedException with the field and what to change in it
     */
    public Submission readJson(byte[] utf8) {
        limits.refuseLongDocument(utf8.length);
        return read(StrictJson.object(utf8));
    }

    /**
     * A whole RFC 5322 message.
     *
     * @param envelopeFrom the sender; {@code ""} or {@code <>} for the null reverse-path; null to take it from the From field
     * @param envelopeTo   the recipients; empty to take them from the To, Cc and Bcc fields
     * @param properties   message_id, stream, campaign, tags (comma separated), priority, scheduled_time, max_retries, max_age, dsn, send_time, within; others are not looked at.
     *                     What is not given here is taken from X-Dromedary- fields of the message, but for message_id
     * @throws RefusedException with the field and what to change in it
     */
    public Submission readRaw(byte[] rfc5322, @Nullable String envelopeFrom, List<String> envelopeTo, Map<String, String> properties) {
        RawRules.check(rfc5322, limits);
        var section = new RawHeaderSection(rfc5322);
        List<EmailAddress> to = envelopeTo.isEmpty() ? RawAddresses.recipients(section, limits) : limits.recipients(envelopeTo);
        return RawAttributes.of(properties).orElse(RawAttributes.of(rfc5322))
            .submission(sender(envelopeFrom, section), to, new Content.Raw(rfc5322));
    }

    /** The fields of a CSV row. */
    Submission read(ObjectNode object) {
        return new JsonSubmission(object, limits).read();
    }

    private static @Nullable EmailAddress sender(@Nullable String envelopeFrom, RawHeaderSection section) {
        if (envelopeFrom == null) {
            return RawAddresses.sender(section);
        }
        return Sender.isNull(envelopeFrom) ? null : Sender.parse(envelopeFrom).address();
    }
}
