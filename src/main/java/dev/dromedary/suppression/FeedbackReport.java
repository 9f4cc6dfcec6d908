package dev.dromedary.suppression;

import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A complaint as a mailbox provider mails it (RFC 5965).
 *
 * @param type       lower-case feedback type, such as {@code abuse} or {@code not-spam}
 * @param recipients who complained, as far as the report says; providers often hide it
 * @param messageId  of our message, out of the Message-ID of the one complained about, or null where there is none
 * @param source     the User-Agent of the report; may be empty
 */
public record FeedbackReport(String type, List<String> recipients, @Nullable String messageId, String source) {
    /** The rest is about authentication, or the opposite: mail that is no spam. */
    private static final Set<String> COMPLAINTS = Set.of("abuse", "fraud", "opt-out", "opt-out-list");
    private static final int MAX_DEPTH = 5;
    private static final int MAX_RECIPIENTS = 100;
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>,;:]+@[^\\s<>,;:]+");
    private static final Pattern MESSAGE_ID = Pattern.compile("<([^\\s<>@]+)@[^\\s<>]*>");
    private static final Pattern ESCAPED = Pattern.compile("%([0-9A-F]{2})");

    /** True where it says that the recipient wants no more. */
    public boolean complains() {
        return COMPLAINTS.contains(type);
    }

    /** @throws RefusedException where the mail is no feedback report */
    public static FeedbackReport parse(byte[] mail) {
        try {
            var parts = new Parts();
            parts.look(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)), 0);
            if (parts.report == null) {
                throw refused("no part of type message/feedback-report");
            }
            return read(parts.report, parts.original);
        } catch (MessagingException | IOException | RuntimeException e) {
            if (e instanceof RefusedException refused) {
                throw refused;
            }
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private static RefusedException refused(String seen) {
        return new RefusedException(RefusalCode.MIME_MALFORMED, "report", seen, "send a multipart/report of RFC 5965, or tell the complaint in JSON");
    }

    private static FeedbackReport read(InternetHeaders report, @Nullable InternetHeaders original) {
        String type = first(report, "Feedback-Type").toLowerCase(Locale.ROOT);
        if (type.isEmpty()) {
            throw refused("no Feedback-Type");
        }
        var recipients = new LinkedHashSet<String>();
        addresses(report, "Removal-Recipient", recipients);
        addresses(report, "Original-Rcpt-To", recipients);
        if (recipients.isEmpty() && original != null) {
            addresses(original, "To", recipients);
            if (recipients.size() > 1) {
                recipients.clear();
            }
        }
        return new FeedbackReport(type, List.copyOf(recipients),
                original == null ? null : ownId(first(original, "Message-ID")), visible(first(report, "User-Agent")));
    }

    private static void addresses(InternetHeaders headers, String name, Set<String> into) {
        String[] values = headers.getHeader(name);
        for (String value : values == null ? new String[0] : values) {
            Matcher found = ADDRESS.matcher(value);
            while (found.find() && into.size() < MAX_RECIPIENTS) {
                try {
                    into.add(EmailAddress.parse(found.group()).toString());
                } catch (RefusedException hidden) {
                    // Such as redacted@ without a domain: it names nobody.
                }
            }
        }
    }

    private static String first(InternetHeaders headers, String name) {
        String[] values = headers.getHeader(name);
        return values == null ? "" : values[0].strip();
    }

    /** The reverse of how the Message-ID is made of our id. */
    private static @Nullable String ownId(String messageId) {
        Matcher id = MESSAGE_ID.matcher(messageId);
        if (!id.find()) {
            return null;
        }
        byte[] octets = ESCAPED.matcher(id.group(1)).replaceAll(code -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code.group(1), 16))))
                .getBytes(StandardCharsets.ISO_8859_1);
        return new String(octets, StandardCharsets.UTF_8);
    }

    private static String visible(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > 100 ? line.substring(0, 100) : line;
    }

    /** The parts of a report that say something. */
    private static final class Parts {
        private @Nullable InternetHeaders report;
        private @Nullable InternetHeaders original;

        void look(Part part, int depth) throws MessagingException, IOException {
            if (part.isMimeType("message/feedback-report")) {
                report = new InternetHeaders(part.getInputStream());
            } else if (part.isMimeType("message/rfc822") || part.isMimeType("text/rfc822-headers") || part.isMimeType("message/rfc822-headers")) {
                original = new InternetHeaders(part.getInputStream());
            } else if (part.isMimeType("multipart/*") && depth < MAX_DEPTH && part.getContent() instanceof Multipart parts) {
                for (int i = 0; i < parts.getCount(); i++) {
                    look(parts.getBodyPart(i), depth + 1);
                }
            }
        }
    }
}
