package dev.dromedary.message;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How much one submission may hold.
 *
 * @param maxRecipients recipients, counted without duplicates
 * @param maxSize       octets of content: the raw message, or all texts, header fields and decoded attachments together
 */
record SubmissionLimits(int maxRecipients, long maxSize) {
    /** A JSON document's keys, and what is in its small fields. */
    private static final long KEYS = 64 * 1024;
    /** The longest address of 254 octets, and a display name. */
    private static final long RECIPIENT = 512;

    SubmissionLimits {
        if (maxRecipients < 1 || maxSize < 1) {
            throw new IllegalArgumentException("maxRecipients " + maxRecipients + ", maxSize " + maxSize + ": give both as 1 or more");
        }
    }

    /** Refuses a document that escapes and base64 cannot have made of content within the limit; keeps the parser from a flood. */
    void refuseLongDocument(long octets) {
        if (octets > 2 * maxSize + RECIPIENT * maxRecipients + KEYS) {
            throw tooLarge("body", octets);
        }
    }

    void refuseLargeContent(String subject, long octets) {
        if (octets > maxSize) {
            throw tooLarge(subject, octets);
        }
    }

    List<EmailAddress> recipients(List<String> texts) {
        Set<EmailAddress> recipients = new LinkedHashSet<>();
        for (int i = 0; i < texts.size(); i++) {
            recipients.add(Mailbox.parse(texts.get(i), RefusalCode.ADDRESS_MALFORMED, "to[" + i + "]").address());
            if (recipients.size() > maxRecipients) {
                throw new RefusedException(RefusalCode.RECIPIENTS_TOO_MANY, "to", texts.size() + " recipients",
                    "give at most " + maxRecipients + " in one submission");
            }
        }
        if (recipients.isEmpty()) {
            throw new RefusedException(RefusalCode.FIELD_MISSING, "to", "no recipient", "name at least one");
        }
        return new ArrayList<>(recipients);
    }

    private RefusedException tooLarge(String subject, long octets) {
        return new RefusedException(RefusalCode.BODY_TOO_LARGE, subject, octets + " octets", "send at most " + maxSize + " octets of content");
    }
}
