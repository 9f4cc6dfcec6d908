package dev.dromedary.smtp;

import dev.dromedary.ingress.SmtpAnswer;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the sandbox does with a recipient, told by how its local part begins; the replies are what large providers send. */
enum SandboxBehaviour {
    TEMPFAIL("tempfail", SmtpAnswer.of(451, "4.2.1", "Mailbox is not taking mail for now")),
    BOUNCE("bounce", SmtpAnswer.of(550, "5.1.1", "No such user here")),
    UNKNOWN("unknown", SmtpAnswer.of(550, "5.1.1", "No such user here")),
    FULL("full", SmtpAnswer.of(452, "4.2.2", "Mailbox is over its quota")),
    BLOCK("block", SmtpAnswer.of(421, "4.7.28", "Unusual rate of mail from this address; it is blocked for now")),
    RATE_LIMIT("ratelimit", SmtpAnswer.of(421, "4.7.0", "Too many messages, try again in 60 seconds")),
    THROTTLE("throttle", null),
    SLOW("slow", null),
    DROP("drop", null),
    ACCEPT("", null);

    private final String prefix;
    private final @Nullable SmtpAnswer atRecipient;

    SandboxBehaviour(String prefix, @Nullable SmtpAnswer atRecipient) {
        this.prefix = prefix;
        this.atRecipient = atRecipient;
    }

    static SandboxBehaviour of(String localPart) {
        String name = localPart.toLowerCase(Locale.ROOT);
        return Stream.of(values()).filter(b -> name.startsWith(b.prefix)).findFirst().orElse(ACCEPT);
    }

    /** @param domain of the recipient, for what differs by provider */
    SmtpAnswer atRecipient(String domain) {
        if (this == THROTTLE) {
            return SandboxThrottle.answer(domain);
        }
        return atRecipient == null ? SmtpAnswer.RECIPIENT_OK : atRecipient;
    }
}
