package dev.dromedary.ingress;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What all conversations of one server share.
 *
 * @param signInRequired mail only from clients that signed in
 * @param draining       set once when the server is asked to stop
 */
record SmtpService(
        SmtpServerSettings settings, SmtpHandler handler, SmtpCredentials credentials, SmtpMemory memory, boolean signInRequired,
        AtomicBoolean draining) {
    static final SmtpAnswer GOING_AWAY = SmtpAnswer.of(421, "4.3.2", "Shutting down; try another server or come back");
    static final SmtpAnswer FULL = SmtpAnswer.of(421, "4.3.2", "Too many connections; come back later");

    static SmtpService of(SmtpServerSettings settings, SmtpHandler handler, boolean loopbackOnly) {
        var memory = new SmtpMemory(Math.max(Runtime.getRuntime().maxMemory() / 4, settings.maxSize()));
        return new SmtpService(settings, handler, new SmtpCredentials(settings.users()), memory,
                !loopbackOnly || !settings.users().isEmpty(), new AtomicBoolean());
    }
}
