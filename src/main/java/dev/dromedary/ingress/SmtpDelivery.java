package dev.dromedary.ingress;

import dev.dromedary.message.RefusedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives the content of a message and hands it on. */
final class SmtpDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpDelivery.class);
    private static final SmtpAnswer GO_AHEAD = SmtpAnswer.of(354, null, "End data with <CR><LF>.<CR><LF>");
    /** A message over its size is read to its end, so that the refusal is heard; but not for ever. */
    private static final long EXCESS = 1024 * 1024;

    private final SmtpService service;
    private final SmtpChannel channel;

    SmtpDelivery(SmtpService service, SmtpChannel channel) {
        this.service = service;
        this.channel = channel;
    }

    SmtpAnswer receive(SmtpTransaction transaction, @Nullable String user) throws IOException {
        long maxSize = service.settings().maxSize();
        channel.write(GO_AHEAD);
        try (var body = new SmtpBody(service.memory(), maxSize, transaction.declaredSize())) {
            boolean complete = channel.readData(body, 2 * maxSize + EXCESS);
            if (body.tooLarge()) {
                var refusal = SmtpMailParameters.tooLarge(maxSize);
                return complete ? refusal : refusal.thenClose();
            }
            if (!complete) {
                return SmtpAnswer.VANISH;
            }
            if (body.starved()) {
                return SmtpAnswer.of(452, "4.3.1", "Too many large messages at a time; come back later");
            }
            if (body.holdsNul()) {
                // Something is wrong with this sender's lines, so what comes next is not to be trusted either.
                return SmtpAnswer.of(554, "5.6.0", "NUL in message; encode it as base64 or quoted-printable").thenClose();
            }
            return handOn(transaction.submission(body.content(), channel.remote().getHostAddress(), user));
        }
    }

    private SmtpAnswer handOn(SmtpSubmission submission) {
        try {
            return service.handler().message(submission);
        } catch (RefusedException e) {
            return SmtpTransaction.answer(e);
        } catch (RuntimeException e) {
            LOG.error("[SMTP_INTAKE] {}: {} octets from {} not accepted for now; the client was told to come back, the cause follows",
                    service.settings().name(), submission.data().length, submission.remoteAddress(), e);
            return SmtpAnswer.of(451, "4.3.0", "Not accepted because of a fault here; come back later");
        }
    }
}
