package dev.dromedary.ingress;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One conversation with a client: the state machine of RFC 5321 section 4.1.4, on one thread. */
final class SmtpSession implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpSession.class);
    private static final int ERROR_LIMIT = 20;
    /** Only AUTH has a use for more: section 4.5.3.1.4 allows 512, the extensions offered add some 600. */
    private static final int COMMAND_LIMIT = 2048;
    private static final SmtpAnswer OK = SmtpAnswer.of(250, "2.0.0", "Ok");
    private static final SmtpAnswer BYE = SmtpAnswer.of(221, "2.0.0", "Bye").thenClose();
    private static final SmtpAnswer TIMED_OUT = SmtpAnswer.of(421, "4.4.2", "Nothing heard for too long");

    private enum Presence { IDLE, BUSY, GONE }

    private final SmtpService service;
    private final SmtpServerSettings settings;
    private final SmtpChannel channel;
    private final SmtpSignIn signIn;
    private final SmtpDelivery delivery;
    private final AtomicReference<Presence> presence = new AtomicReference<>(Presence.BUSY);
    private @Nullable SmtpTransaction transaction;
    private boolean greeted;
    private boolean open = true;
    private int errors;

    SmtpSession(SmtpService service, SmtpChannel channel) {
        this.service = service;
        this.settings = service.settings();
        this.channel = channel;
        this.signIn = new SmtpSignIn(channel, service.credentials());
        this.delivery = new SmtpDelivery(service, channel);
    }

    @Override
    public void run() {
        try {
            channel.write(SmtpAnswer.of(220, null, settings.hostname() + " ESMTP Dromedary"));
            while (open) {
                step();
            }
            channel.closeNow();
        } catch (SocketTimeoutException e) {
            sayLast(TIMED_OUT);
        } catch (IOException e) {
            LOG.debug("{}: {} went away: {}", settings.name(), channel.remote(), e.getMessage());
        } finally {
            channel.abort();
        }
    }

    private void step() throws IOException {
        SmtpAnswer answer;
        try {
            String line = nextLine();
            if (line == null) {
                open = false;
                return;
            }
            answer = answer(SmtpCommand.parse(line), line.length());
        } catch (SmtpReplyException e) {
            answer = e.answer();
        }
        reply(answer);
    }

    /** Marks the wait between transactions as idle, so that a stopping server can end it; null at the end of the stream. */
    private @Nullable String nextLine() throws IOException, SmtpReplyException {
        if (transaction != null || channel.hasBuffered()) {
            return channel.readLine();
        }
        channel.flush();
        presence.set(Presence.IDLE);
        String line = null;
        try {
            line = channel.readLine();
        } finally {
            if (!presence.compareAndSet(Presence.IDLE, Presence.BUSY)) {
                throw new SmtpReplyException(SmtpService.GOING_AWAY);
            }
        }
        return line;
    }

    /** Ends the conversation if no transaction is under way; called by another thread. */
    void leaveIfIdle() {
        if (presence.compareAndSet(Presence.IDLE, Presence.GONE)) {
            channel.stopReading();
        }
    }

    /** Ends what is overdue; called by another thread. */
    void expire(long now) {
        channel.expire(now);
    }

    void abort() {
        channel.abort();
    }

    private void sayLast(SmtpAnswer answer) {
        try {
            channel.write(answer);
            channel.flush();
            channel.closeNow();
        } catch (IOException e) {
            LOG.debug("{}: {} went away before its last reply", settings.name(), channel.remote());
        }
    }

    private void reply(SmtpAnswer answer) throws IOException {
        var last = answer;
        if (answer.countsAsError() && ++errors >= ERROR_LIMIT) {
            last = SmtpAnswer.of(421, "4.7.0", "Too many errors");
        }
        switch (last.ending()) {
            case STAY -> channel.write(last);
            case CLOSE -> {
                channel.write(last);
                channel.flush();
                open = false;
                if (last != BYE) {
                    channel.awaitClose();
                }
            }
            case VANISH -> open = false;
            case SAID -> {
            }
        }
    }

    private SmtpAnswer answer(SmtpCommand command, int length) throws IOException, SmtpReplyException {
        if (service.draining().get() && transaction == null && command.verb() != SmtpVerb.QUIT) {
            return SmtpService.GOING_AWAY;
        }
        if (length > COMMAND_LIMIT && command.verb() != SmtpVerb.AUTH) {
            return SmtpAnswer.of(500, "5.5.2", "Command line too long");
        }
        return switch (command.verb()) {
            case HELO -> greet(command, settings.hostname());
            case EHLO -> greet(command, extensions());
            case MAIL -> mail(command);
            case RCPT -> transaction == null ? outOfOrder("Send MAIL first") : transaction.recipient(command.argument(), settings, service.handler());
            case DATA -> data(command);
            case RSET -> reset();
            case NOOP -> OK;
            case QUIT -> BYE;
            case VRFY -> SmtpAnswer.of(252, "2.5.0", "Send mail to it and see");
            case HELP -> SmtpAnswer.of(214, "2.0.0", "RFC 5321");
            case AUTH -> auth(command);
            case STARTTLS -> startTls(command);
            case EXPN, ETRN, TURN -> SmtpAnswer.of(502, "5.5.1", "Command not offered");
            // What follows these on the wire is no command, and must not be taken for one.
            case BDAT -> SmtpAnswer.of(502, "5.5.1", "BDAT not offered").thenClose();
            case HTTP -> SmtpAnswer.of(421, "4.7.0", "This is an SMTP server");
            case UNKNOWN -> SmtpAnswer.of(500, "5.5.2", "Command not known");
        };
    }

    private SmtpAnswer greet(SmtpCommand command, String text) {
        if (command.argument().isEmpty()) {
            return SmtpAnswer.of(501, "5.5.4", "Syntax: " + command.verb() + " your.host.name");
        }
        greeted = true;
        transaction = null;
        return SmtpAnswer.of(250, null, text);
    }

    private String extensions() {
        var text = new StringBuilder(settings.hostname()).append("\nPIPELINING\n8BITMIME\nSMTPUTF8\nENHANCEDSTATUSCODES\nSIZE ").append(settings.maxSize());
        if (settings.tls() != null && !channel.encrypted()) {
            text.append("\nSTARTTLS");
        }
        if (!settings.users().isEmpty() && passwordsAreSafe()) {
            text.append("\nAUTH PLAIN LOGIN");
        }
        return text.toString();
    }

    private boolean passwordsAreSafe() {
        return channel.encrypted() || !settings.requireTls() && channel.remote().isLoopbackAddress();
    }

    private SmtpAnswer mail(SmtpCommand command) throws SmtpReplyException {
        if (!greeted) {
            return outOfOrder("Send EHLO first");
        }
        if (settings.requireTls() && !channel.encrypted()) {
            return SmtpAnswer.of(530, "5.7.0", "Send STARTTLS first");
        }
        if (service.signInRequired() && signIn.user() == null) {
            return SmtpAnswer.of(530, "5.7.0", "Sign in with AUTH first");
        }
        if (transaction != null) {
            return outOfOrder("MAIL already given; RSET to start again");
        }
        transaction = SmtpTransaction.begin(command.argument(), settings.maxSize());
        return SmtpAnswer.of(250, "2.1.0", "Ok");
    }

    private SmtpAnswer data(SmtpCommand command) throws IOException {
        var current = transaction;
        if (current != null && current.hasRecipients() && command.argument().isEmpty()) {
            var answer = delivery.receive(current, signIn.user());
            transaction = null;
            errors = answer.positive() ? 0 : errors;
            return answer;
        }
        var refusal = !command.argument().isEmpty() ? SmtpAnswer.of(501, "5.5.4", "DATA takes no argument")
                : current == null ? outOfOrder("Send MAIL first") : SmtpAnswer.of(554, "5.5.1", "No valid recipients");
        // Data sent without waiting for 354 would be read as commands.
        return channel.hasBuffered() ? refusal.thenClose() : refusal;
    }

    private SmtpAnswer reset() {
        transaction = null;
        return OK;
    }

    private SmtpAnswer auth(SmtpCommand command) throws IOException, SmtpReplyException {
        if (settings.users().isEmpty()) {
            return SmtpAnswer.of(502, "5.5.1", "AUTH not offered");
        }
        if (!passwordsAreSafe()) {
            return SmtpAnswer.of(538, "5.7.11", "Send STARTTLS first");
        }
        if (!greeted || signIn.user() != null || transaction != null) {
            return outOfOrder("AUTH goes once, after EHLO and outside of a transaction");
        }
        var answer = signIn.signIn(command.argument());
        if (!answer.positive()) {
            LOG.info("[SMTP_AUTH] {}: sign-in from {} answered {}; check the user's name and password", settings.name(), channel.remote(), answer.code());
        }
        return answer;
    }

    private SmtpAnswer startTls(SmtpCommand command) throws IOException {
        if (settings.tls() == null || channel.encrypted()) {
            return SmtpAnswer.of(502, "5.5.1", "STARTTLS not offered");
        }
        if (!command.argument().isEmpty()) {
            return SmtpAnswer.of(501, "5.5.4", "STARTTLS takes no argument");
        }
        channel.write(SmtpAnswer.of(220, "2.0.0", "Ready to start TLS"));
        channel.encrypt(settings.tls());
        greeted = false;
        transaction = null;
        signIn.forget();
        return SmtpAnswer.SAID;
    }

    private static SmtpAnswer outOfOrder(String text) {
        return SmtpAnswer.of(503, "5.5.1", text);
    }
}
