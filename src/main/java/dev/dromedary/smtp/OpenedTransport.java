package dev.dromedary.smtp;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.outcome.SmtpPhase;
import dev.dromedary.outcome.SmtpReplyParser;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * Angus Mail's transport up to the point where MAIL can follow: it greets, negotiates TLS and signs in; this class says in which phase
 * it stopped, and why.
 */
abstract class OpenedTransport extends SMTPTransport {
    private final DromedaryConfig.Pool pool;
    private final WatchedSocket socket;
    private final SmtpFaults faults;
    private final SmtpTimings timings;
    private Capabilities offered = new Capabilities(false, false, false, false);
    private SmtpPhase phase = SmtpPhase.GREETING;
    private long stepStart;

    OpenedTransport(Session session, DromedaryConfig.Pool pool, WatchedSocket socket, SmtpFaults faults, SmtpTimings timings) {
        super(session, new URLName("smtp", pool.host(), pool.port(), null, null, null));
        this.pool = pool;
        this.socket = socket;
        this.faults = faults;
        this.timings = timings;
    }

    Capabilities offered() {
        return offered;
    }

    /** @param outermost the watched socket, or the TLS layer already over it */
    void open(Socket outermost) throws SmtpDeliveryException {
        startSteps();
        try {
            connect(outermost);
            offered = new Capabilities(
                    supportsExtension("PIPELINING"), supportsExtension("8BITMIME"), supportsExtension("SMTPUTF8"), supportsExtension("SIZE"));
        } catch (MessagingException e) {
            socket.abort();
            throw openingFault(e);
        } catch (RuntimeException e) {
            socket.abort();
            throw e;
        } finally {
            ended(opening());
        }
    }

    final void startSteps() {
        stepStart = System.nanoTime();
    }

    /** What comes next starts now. */
    final void ended(SmtpStep step) {
        long now = System.nanoTime();
        timings.step(step, now - stepStart);
        stepStart = now;
    }

    private SmtpStep opening() {
        return switch (phase) {
            case CONNECT -> SmtpStep.CONNECT;
            case GREETING -> SmtpStep.GREETING;
            case STARTTLS -> SmtpStep.TLS;
            case AUTH -> SmtpStep.AUTH;
            case EHLO, MAIL, RCPT, DATA, END_OF_DATA, QUIT -> SmtpStep.EHLO;
        };
    }

    /** The service's own would look for credentials in properties, the system's user name and a cache keyed by DNS look-ups. */
    @Override
    public void connect(String host, int port, String user, String password) throws MessagingException {
        String name = pool.username();
        if (!protocolConnect(pool.host(), pool.port(), name, name == null ? null : pool.password().reveal())) {
            throw new AuthenticationFailedException("no credentials");
        }
        if (name != null && phase != SmtpPhase.AUTH) {
            phase = SmtpPhase.AUTH;
            throw new AuthenticationFailedException("the server does not offer AUTH");
        }
        setConnected(true);
    }

    private SmtpDeliveryException openingFault(MessagingException e) {
        Throwable cause = rootOf(e);
        if (cause != null && isTlsFault(cause)) {
            return faults.fault(SmtpPhase.STARTTLS, "TLS: " + cause.getMessage(), e);
        }
        int code = getLastReturnCode();
        if (code >= 400 && code < 600) {
            return faults.refusal(phase, SmtpReplyParser.parse(code, getLastServerResponse()));
        }
        if (phase == SmtpPhase.EHLO && code / 100 == 2) {
            boolean plain = pool.tls() == DromedaryConfig.TlsMode.STARTTLS && !socket.isSecured();
            return plain ? faults.fault(SmtpPhase.STARTTLS, "the server does not offer STARTTLS", e)
                    : faults.fault(SmtpPhase.AUTH, "the server offers no mechanism of PLAIN and LOGIN", e);
        }
        if (phase == SmtpPhase.AUTH && code / 100 == 2) {
            return faults.fault(phase, "the server does not offer AUTH", e);
        }
        return faults.fault(phase, seen(cause, code), e);
    }

    private boolean isTlsFault(Throwable cause) {
        return cause instanceof SSLException || phase == SmtpPhase.STARTTLS && cause instanceof IOException && socket.isSecured();
    }

    /** What lies under the wrappings of Angus Mail, or null where there is nothing but them. */
    static @Nullable Throwable rootOf(MessagingException e) {
        Throwable cause = e.getCause();
        return cause instanceof MessagingException wrapped ? rootOf(wrapped) : cause;
    }

    static String seen(@Nullable Throwable cause, int code) {
        if (cause instanceof SocketTimeoutException) {
            return "no reply in time";
        }
        if (cause != null) {
            return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        }
        return code == -1 ? "the connection ended, or what came is no reply" : "unexpected reply code " + code;
    }

    /** Marks the phase. Continuations of AUTH go another way and so leave it. */
    @Override
    protected void sendCommand(String command) throws MessagingException {
        if (command.startsWith("EHLO") || command.startsWith("HELO")) {
            enter(SmtpPhase.EHLO);
        } else if (command.startsWith("STARTTLS")) {
            enter(SmtpPhase.STARTTLS);
        } else if (command.startsWith("AUTH")) {
            enter(SmtpPhase.AUTH);
        }
        super.sendCommand(command);
    }

    private void enter(SmtpPhase next) {
        if (phase != next) {
            ended(opening());
        }
        phase = next;
    }

    /** Falls back to HELO only where EHLO is not understood, and never after TLS, where what was offered in clear would still count. */
    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        boolean taken = super.ehlo(domain);
        int code = getLastReturnCode();
        if (!taken && (socket.isSecured() || code < 500 || code > 599)) {
            throw new MessagingException(getLastServerResponse());
        }
        return taken;
    }

    @Override
    protected int readServerResponse() throws MessagingException {
        socket.awaitReply();
        return super.readServerResponse();
    }
}
