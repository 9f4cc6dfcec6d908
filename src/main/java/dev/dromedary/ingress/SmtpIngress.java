package dev.dromedary.ingress;

import dev.dromedary.config.DromedaryConfig.SmtpListener;
import dev.dromedary.message.EmailAddress;
import java.time.Duration;

/** The SMTP way in: any program that can send mail submits here, and hears 250 when its message is queued durably. */
public final class SmtpIngress implements AutoCloseable {
    private final SmtpServer server;

    /**
     * Reads certificate and key, where there are any; listens after {@link #start()}, whatever {@code config.enabled()} says.
     *
     * @throws IllegalArgumentException naming the value at fault and what to change
     */
    public SmtpIngress(SmtpListener config, Intake intake) {
        this(config, intake, SmtpServerSettings.IDLE);
    }

    SmtpIngress(SmtpListener config, Intake intake, Duration idle) {
        var tls = config.tls() == null ? null : SmtpTls.load(config.tls());
        this.server = new SmtpServer(
                new SmtpServerSettings("smtp-in", config.bind(), config.port(), config.hostname(), config.maxSize(), config.maxConnections(),
                        config.maxRecipients(), config.users(), tls, config.requireTls(), idle),
                new IntakeHandler(intake));
    }

    private record IntakeHandler(Intake intake) implements SmtpHandler {
        @Override
        public SmtpAnswer recipient(EmailAddress to) {
            return SmtpAnswer.RECIPIENT_OK;
        }

        @Override
        public SmtpAnswer message(SmtpSubmission submission) {
            return SmtpAnswer.of(250, "2.0.0", "Ok: queued as " + intake.accept(submission));
        }
    }

    /** @throws java.io.UncheckedIOException when the address cannot be listened on */
    public void start() {
        server.start();
    }

    /** The port listened on, also where the configuration says 0. */
    public int port() {
        return server.port();
    }

    /** Conversations under way. */
    public int connections() {
        return server.connections();
    }

    /**
     * Takes no more connections, lets transactions under way end, and answers new commands 421 4.3.2.
     *
     * @return true where all conversations had ended within the patience; the rest is cut off
     */
    public boolean drain(Duration patience) {
        return server.drain(patience);
    }

    @Override
    public void close() {
        server.close();
    }
}
