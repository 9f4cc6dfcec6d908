package dev.dromedary.smtp;

import dev.dromedary.message.EmailAddress;
import dev.dromedary.outcome.SmtpReply;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** MAIL and RCPT of one transaction, with the parameters that the server understands and the message needs. */
final class EnvelopeCommands {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private EnvelopeCommands() {
    }

    /** A refusal that the server would have to give, or null where the transaction can start. */
    static @Nullable SmtpReply refusal(@Nullable EmailAddress from, EmailAddress to, Capabilities offered) {
        if (from != null && !fitsCommand(from)) {
            return new SmtpReply(553, "5.1.7", "553 5.1.7 (not sent) the sender address holds characters that no command can carry");
        }
        if (!fitsCommand(to)) {
            return new SmtpReply(553, "5.1.3", "553 5.1.3 (not sent) the recipient address holds characters that no command can carry");
        }
        if (needsUtf8(from, to) && !offered.smtpUtf8()) {
            return new SmtpReply(553, "5.6.7", "553 5.6.7 (not sent) an address needs SMTPUTF8, which the server does not offer");
        }
        return null;
    }

    static String mail(@Nullable EmailAddress from, EmailAddress to, byte[] mime, Capabilities offered) {
        StringBuilder command = new StringBuilder(96).append("MAIL FROM:<");
        if (from != null) {
            command.append(from.localPart()).append('@').append(from.domain());
        }
        command.append('>');
        if (offered.size()) {
            command.append(" SIZE=").append(mime.length);
        }
        if (offered.eightBit() && isEightBit(mime)) {
            command.append(" BODY=8BITMIME");
        }
        if (needsUtf8(from, to)) {
            command.append(" SMTPUTF8");
        }
        return command.append("\r\n").toString();
    }

    static String rcpt(EmailAddress to) {
        return "RCPT TO:<" + to.localPart() + '@' + to.domain() + ">\r\n";
    }

    static byte[] bytes(String command) {
        return command.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean needsUtf8(@Nullable EmailAddress from, EmailAddress to) {
        return to.needsSmtpUtf8() || from != null && from.needsSmtpUtf8();
    }

    /** Nothing that could end the command or the path early. Addresses are checked where they come in; this keeps the wire safe whatever comes. */
    private static boolean fitsCommand(EmailAddress address) {
        boolean quoted = address.localPart().startsWith("\"");
        return address.localPart().chars().allMatch(c -> c >= ' ' && c != 0x7f && (quoted || c != ' ' && c != '<' && c != '>'))
                && address.domain().chars().allMatch(c -> c > ' ' && c < 0x7f && c != '<' && c != '>');
    }

    /** Eight bytes at a time: a big message is looked at once more for this. */
    static boolean isEightBit(byte[] mime) {
        int at = 0;
        for (; at + Long.BYTES <= mime.length; at += Long.BYTES) {
            if (((long) LONGS.get(mime, at) & HIGH_BITS) != 0) {
                return true;
            }
        }
        for (; at < mime.length; at++) {
            if (mime[at] < 0) {
                return true;
            }
        }
        return false;
    }
}
