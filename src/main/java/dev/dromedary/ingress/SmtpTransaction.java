package dev.dromedary.ingress;

import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What MAIL and RCPT have gathered for one message. */
final class SmtpTransaction {
    private final @Nullable String from;
    private final SmtpMailParameters parameters;
    private final List<String> to = new ArrayList<>(1);

    private SmtpTransaction(@Nullable String from, SmtpMailParameters parameters) {
        this.from = from;
        this.parameters = parameters;
    }

    /** @param argument of MAIL */
    static SmtpTransaction begin(String argument, long maxSize) throws SmtpReplyException {
        var path = SmtpPath.parse(argument, "FROM:", "MAIL FROM:<address>");
        var parameters = SmtpMailParameters.parse(path.parameters(), maxSize);
        if (path.mailbox().isEmpty()) {
            return new SmtpTransaction(null, parameters);
        }
        parse("MAIL FROM", path.mailbox(), RefusalCode.SENDER_MALFORMED, parameters);
        return new SmtpTransaction(path.mailbox(), parameters);
    }

    /** @param argument of RCPT */
    SmtpAnswer recipient(String argument, SmtpServerSettings settings, SmtpHandler handler) throws SmtpReplyException {
        var path = SmtpPath.parse(argument, "TO:", "RCPT TO:<address>");
        if (!path.parameters().isEmpty()) {
            throw new SmtpReplyException(555, "5.5.4", "Parameter not offered: " + path.parameters().keySet().iterator().next());
        }
        // Section 4.5.1: postmaster without a domain is the only address that may come without one.
        String mailbox = path.mailbox().equalsIgnoreCase("postmaster") ? path.mailbox() + "@" + settings.hostname() : path.mailbox();
        var address = parse("RCPT TO", mailbox, RefusalCode.ADDRESS_MALFORMED, parameters);
        if (to.size() >= settings.maxRecipients()) {
            return SmtpAnswer.of(452, "4.5.3", "More than " + settings.maxRecipients() + " recipients; send the rest in another transaction");
        }
        var answer = handler.recipient(address);
        if (answer.positive()) {
            to.add(mailbox);
        }
        return answer;
    }

    private static EmailAddress parse(String subject, String mailbox, RefusalCode code, SmtpMailParameters parameters) throws SmtpReplyException {
        EmailAddress address;
        try {
            address = EmailAddress.parse(mailbox);
        } catch (RefusedException e) {
            var refusal = e.refusal();
            throw new SmtpReplyException(answer(new RefusedException(code, subject, refusal.seen(), refusal.advice())));
        }
        if (address.needsSmtpUtf8() && !parameters.smtpUtf8()) {
            throw new SmtpReplyException(553, "5.6.7", "Address needs SMTPUTF8, which MAIL did not ask for");
        }
        return address;
    }

    static SmtpAnswer answer(RefusedException refused) {
        var code = refused.refusal().code();
        return SmtpAnswer.of(code.smtpCode(), code.enhancedStatus(), refused.refusal().text());
    }

    boolean hasRecipients() {
        return !to.isEmpty();
    }

    long declaredSize() {
        return parameters.size();
    }

    SmtpSubmission submission(byte[] data, String remoteAddress, @Nullable String user) {
        return new SmtpSubmission(from, to, data, remoteAddress, user, parameters.smtpUtf8());
    }
}
