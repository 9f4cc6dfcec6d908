package dev.dromedary.smtp;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.outcome.SmtpPhase;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.outcome.SmtpReplyParser;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a pool and the transactions over it, one at a time.
 *
 * <p>The transaction is not Angus Mail's: {@code sendMessage} loses the phase and the code of many faults, asks the message for headers,
 * and waits for an answer to every command where the server would take MAIL, RCPT and DATA together (RFC 2920).
 */
final class SmtpConversation extends OpenedTransport {
    private static final byte[] END_OF_NOTHING = EnvelopeCommands.bytes(".\r\n");
    private static final byte[] DATA = EnvelopeCommands.bytes("DATA\r\n");
    private static final byte[] RSET = EnvelopeCommands.bytes("RSET\r\n");

    private final DromedaryConfig.Pool pool;
    private final WatchedSocket socket;
    private final BufferShelf buffers;
    private final SmtpFaults faults;
    private final long openedAt = System.nanoTime();
    private int transactions;
    private volatile long idleSince = openedAt;
    private volatile boolean reusable = true;

    SmtpConversation(Session session, DromedaryConfig.Pool pool, WatchedSocket socket, BufferShelf buffers, SmtpFaults faults,
            SmtpTimings timings) {
        super(session, pool, socket, faults, timings);
        this.pool = pool;
        this.socket = socket;
        this.buffers = buffers;
        this.faults = faults;
    }

    // ---- sending

    /** Sends one message. Afterwards {@link #isReusable} says whether the connection can carry another. */
    synchronized SmtpReply transact(@Nullable EmailAddress from, EmailAddress to, byte[] mime, EndOfDataWatch watch) throws SmtpDeliveryException {
        Capabilities offered = offered();
        SmtpReply refusal = EnvelopeCommands.refusal(from, to, offered);
        if (refusal != null) {
            throw faults.refusal(SmtpPhase.MAIL, refusal);
        }
        reusable = false;
        transactions++;
        String mail = EnvelopeCommands.mail(from, to, mime, offered);
        startSteps();
        if (offered.pipelining()) {
            sendGrouped(mail + EnvelopeCommands.rcpt(to) + "DATA\r\n");
        } else {
            sendEach(EnvelopeCommands.bytes(mail), EnvelopeCommands.bytes(EnvelopeCommands.rcpt(to)));
        }
        sendBody(mime, watch);
        SmtpReply reply = await(SmtpPhase.END_OF_DATA);
        watch.answered(reply);
        reusable = reply.code() != 421;
        if (!reply.positive()) {
            throw faults.refusal(SmtpPhase.END_OF_DATA, reply);
        }
        return reply;
    }

    private void sendEach(byte[] mail, byte[] rcpt) throws SmtpDeliveryException {
        write(SmtpPhase.MAIL, mail);
        expect(SmtpPhase.MAIL, 2, 0);
        write(SmtpPhase.RCPT, rcpt);
        expect(SmtpPhase.RCPT, 2, 0);
        write(SmtpPhase.DATA, DATA);
        expect(SmtpPhase.DATA, 3, 0);
    }

    private void sendGrouped(String commands) throws SmtpDeliveryException {
        write(SmtpPhase.MAIL, EnvelopeCommands.bytes(commands));
        expect(SmtpPhase.MAIL, 2, 2);
        expect(SmtpPhase.RCPT, 2, 1);
        expect(SmtpPhase.DATA, 3, 0);
    }

    /**
     * @param kind   first digit of the reply that lets the transaction go on
     * @param unread replies that are still to come to commands already sent
     */
    private void expect(SmtpPhase at, int kind, int unread) throws SmtpDeliveryException {
        SmtpReply reply = await(at);
        if (reply.code() / 100 == kind) {
            return;
        }
        if (reply.code() >= 400 && reply.code() != 421) {
            settle(unread);
        }
        throw reply.code() >= 400 ? faults.refusal(at, reply) : faults.fault(at, "unexpected reply " + reply.text(), null);
    }

    /** Brings the session back to where MAIL can follow. A server that wants data for nobody gets none (RFC 2920 section 3.1). */
    private void settle(int unread) {
        try {
            int last = 0;
            for (int i = 0; i < unread; i++) {
                last = readServerResponse();
            }
            if (last == 354) {
                write(SmtpPhase.DATA, END_OF_NOTHING);
                last = readServerResponse();
            }
            if (last >= 0 && last != 421) {
                write(SmtpPhase.DATA, RSET);
                reusable = readServerResponse() == 250;
            }
        } catch (MessagingException e) {
            reusable = false;
        }
    }

    private void sendBody(byte[] mime, EndOfDataWatch watch) throws SmtpDeliveryException {
        DotStuffedBody body = new DotStuffedBody(mime);
        byte[] buffer = buffers.take();
        try {
            while (!body.finished()) {
                int filled = body.fill(buffer);
                if (body.finished()) {
                    watch.aboutToSend();
                }
                write(body.finished() ? SmtpPhase.END_OF_DATA : SmtpPhase.DATA, buffer, filled);
            }
        } finally {
            buffers.giveBack(buffer);
            ended(SmtpStep.BODY);
        }
    }

    private SmtpReply await(SmtpPhase at) throws SmtpDeliveryException {
        boolean last = at == SmtpPhase.END_OF_DATA;
        if (last) {
            socket.replyWithin(pool.timeouts().endOfData());
        }
        int code;
        try {
            code = readServerResponse();
        } catch (MessagingException e) {
            socket.abort();
            throw noReply(at, seen(rootOf(e), 0), rootOf(e) instanceof IOException io ? io : e);
        } finally {
            ended(step(at));
        }
        if (last) {
            socket.replyWithin(pool.timeouts().read());
        }
        boolean reply = code >= 200 && code < 600 && !(last && code / 100 == 3);
        if (!reply) {
            socket.abort();
            throw noReply(at, code < 0 ? seen(null, code) : "no reply: " + SmtpReplyParser.parse(code, getLastServerResponse()).text(), null);
        }
        return SmtpReplyParser.parse(code, getLastServerResponse());
    }

    private static SmtpStep step(SmtpPhase at) {
        return switch (at) {
            case MAIL -> SmtpStep.MAIL;
            case RCPT -> SmtpStep.RCPT;
            case DATA -> SmtpStep.DATA;
            case END_OF_DATA -> SmtpStep.REPLY;
            case CONNECT, GREETING, EHLO, STARTTLS, AUTH, QUIT -> SmtpStep.EHLO;
        };
    }

    private SmtpDeliveryException noReply(SmtpPhase at, String seen, @Nullable Exception cause) {
        return at == SmtpPhase.END_OF_DATA ? faults.inDoubt(seen, cause) : faults.fault(at, seen, cause);
    }

    private void write(SmtpPhase at, byte[] bytes) throws SmtpDeliveryException {
        write(at, bytes, bytes.length);
    }

    private void write(SmtpPhase at, byte[] bytes, int length) throws SmtpDeliveryException {
        try {
            OutputStream out = socket.outermostOutput();
            out.write(bytes, 0, length);
            out.flush();
        } catch (IOException e) {
            socket.abort();
            throw noReply(at, seen(e, 0), e);
        }
    }

    // ---- keeping and closing

    /** True where a reused connection turned out to be dead before the server took anything, so that the message can go over another. */
    boolean wasDead(SmtpDeliveryException fault) {
        if (transactions < 2 || fault.phase() != SmtpPhase.MAIL) {
            return false;
        }
        SmtpReply reply = fault.reply();
        return reply == null ? !(fault.getCause() instanceof SocketTimeoutException) : reply.code() == 421;
    }

    boolean isReusable() {
        return reusable;
    }

    int transactions() {
        return transactions;
    }

    long openedAt() {
        return openedAt;
    }

    long idleSince() {
        return idleSince;
    }

    void idleFrom(long now) {
        idleSince = now;
    }

    void abort() {
        reusable = false;
        socket.abort();
    }

    /** Says QUIT and closes, without waiting for the answer. */
    void quit() {
        reusable = false;
        try {
            close();
        } catch (MessagingException e) {
            // The server went first.
        } finally {
            socket.abort();
        }
    }

    /** NOOP, for the probe alone: sending finds out by sending. */
    synchronized void noop() throws SmtpDeliveryException {
        write(SmtpPhase.EHLO, EnvelopeCommands.bytes("NOOP\r\n"));
        expect(SmtpPhase.EHLO, 2, 0);
    }
}
