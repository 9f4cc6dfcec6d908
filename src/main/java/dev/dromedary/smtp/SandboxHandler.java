package dev.dromedary.smtp;

import dev.dromedary.ingress.SmtpAnswer;
import dev.dromedary.ingress.SmtpHandler;
import dev.dromedary.ingress.SmtpSubmission;
import dev.dromedary.message.EmailAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Plays the mailbox provider. */
final class SandboxHandler implements SmtpHandler {
    private final SandboxMailbox mailbox;
    private final Duration slowness;
    private final CountDownLatch closing = new CountDownLatch(1);

    SandboxHandler(SandboxMailbox mailbox, Duration slowness) {
        this.mailbox = mailbox;
        this.slowness = slowness;
    }

    @Override
    public SmtpAnswer recipient(EmailAddress to) {
        var answer = SandboxBehaviour.of(to.localPart()).atRecipient(to.domain());
        if (!answer.positive()) {
            mailbox.countRefused();
        }
        return answer;
    }

    @Override
    public SmtpAnswer message(SmtpSubmission submission) {
        for (String to : submission.to()) {
            switch (SandboxBehaviour.of(to)) {
                case SLOW -> waitSlowly();
                case DROP -> {
                    return SmtpAnswer.VANISH;
                }
                case TEMPFAIL, BOUNCE, UNKNOWN, FULL, BLOCK, RATE_LIMIT, THROTTLE, ACCEPT -> {
                }
            }
        }
        long number = mailbox.keep(submission);
        return SmtpAnswer.of(250, "2.0.0", "Ok: kept as " + number);
    }

    /** A stopping sandbox keeps nobody waiting. */
    private void waitSlowly() {
        try {
            closing.await(slowness.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void hurry() {
        closing.countDown();
    }
}
