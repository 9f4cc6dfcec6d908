package dev.dromedary.smtp;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.ingress.SmtpServer;
import dev.dromedary.ingress.SmtpServerSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * An SMTP server on loopback that takes any mail and sends it nowhere, so that a first run delivers and load tests have someone to talk to.
 * How a recipient's local part begins chooses what becomes of it: {@code tempfail}, {@code bounce}, {@code unknown}, {@code full},
 * {@code slow}, {@code drop}, {@code block}, {@code ratelimit}, {@code throttle}; all else is accepted. Safe for use by many threads.
 */
public final class Sandbox implements AutoCloseable {
    /** Octets kept of each message. */
    public static final int KEPT_OCTETS = 64 * 1024;
    public static final Duration SLOWNESS = Duration.ofSeconds(2);

    private static final String LOOPBACK = "127.0.0.1";
    private static final long MAX_SIZE = 64L * 1024 * 1024;
    private static final int MAX_CONNECTIONS = 4000;
    private static final int MAX_RECIPIENTS = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final SandboxMailbox mailbox;
    private final SandboxHandler handler;
    private final SmtpServer server;

    /** Listens after {@link #start()}, whatever {@code config.enabled()} says. */
    public Sandbox(DromedaryConfig.Sandbox config, InstantSource clock) {
        this(config, clock, SLOWNESS);
    }

    /** @param slowness how long {@code slow*@} waits before the reply to the end of data */
    public Sandbox(DromedaryConfig.Sandbox config, InstantSource clock, Duration slowness) {
        this.mailbox = new SandboxMailbox(clock, config.keep());
        this.handler = new SandboxHandler(mailbox, slowness);
        this.server = new SmtpServer(
                new SmtpServerSettings("sandbox", LOOPBACK, config.port(), "sandbox.invalid", MAX_SIZE, MAX_CONNECTIONS, MAX_RECIPIENTS, List.of(),
                        null, false, SmtpServerSettings.IDLE),
                handler);
    }

    /** @throws java.io.UncheckedIOException when the port cannot be listened on */
    public void start() {
        server.start();
    }

    /** The port listened on, also where the configuration says 0. */
    public int port() {
        return server.port();
    }

    /** The last messages taken, oldest first, as many as the configuration keeps. */
    public List<SandboxMessage> messages() {
        return mailbox.messages();
    }

    /** Messages taken since the start; one for many recipients counts once. */
    public long accepted() {
        return mailbox.accepted();
    }

    /** Recipients refused since the start. */
    public long refused() {
        return mailbox.refused();
    }

    /** Conversations under way. */
    public int connections() {
        return server.connections();
    }

    @Override
    public void close() {
        handler.hurry();
        server.drain(PATIENCE);
    }
}
