package dev.dromedary.ingress;

import dev.dromedary.message.EmailAddress;

/** The recipients that must not be written to. */
@FunctionalInterface
public interface SuppressionList {
    boolean holds(EmailAddress recipient, String stream);
}
