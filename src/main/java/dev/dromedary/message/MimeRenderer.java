package dev.dromedary.message;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Makes the RFC 5322 bytes that go to one recipient. The same arguments give the same bytes: no clock, no host name, no randomness.
 * Every line ends in CRLF. Stateless and thread-safe.
 */
public final class MimeRenderer {
    /** RFC 5322 section 3.3. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /**
     * @param recipient the only one named in the To field of a composed message that sets none itself
     * @param id        the message's own, from which Message-ID and boundaries are made
     * @return for raw content that needs no change the submitted array itself
     * @throws RefusedException where the content makes no message: MIME_MALFORMED, MAIL_LOOP, HEADER_MALFORMED, HEADER_FORBIDDEN,
     *                          FIELD_MISSING, FIELD_INVALID
     */
    public byte[] render(Submission s, EmailAddress recipient, String id, Instant acceptedAt) {
        if (s.content() instanceof Content.Raw raw) {
            return new RawMessage(raw.bytes()).render(s.from(), id, acceptedAt);
        }
        return new ComposedMessage((Content.Composed) s.content(), s.from(), recipient, id, acceptedAt).render();
    }

    static String date(Instant at) {
        return DATE.format(at);
    }
}
