package dev.dromedary.ingress;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The AUTH exchange (RFC 4954) with PLAIN (RFC 4616) and the LOGIN that many programs still speak. */
final class SmtpSignIn {
    private static final int GUESSES = 3;
    private static final SmtpAnswer DONE = SmtpAnswer.of(235, "2.7.0", "Signed in");

    private final SmtpChannel channel;
    private final SmtpCredentials credentials;
    private int wrongGuesses;
    private @Nullable String user;

    SmtpSignIn(SmtpChannel channel, SmtpCredentials credentials) {
        this.channel = channel;
        this.credentials = credentials;
    }

    @Nullable String user() {
        return user;
    }

    void forget() {
        user = null;
    }

    SmtpAnswer signIn(String argument) throws IOException, SmtpReplyException {
        String[] words = argument.split(" +", 2);
        String initial = words.length == 2 ? words[1] : null;
        return switch (words[0].toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> plain(initial == null ? ask("") : decode(initial));
            case "LOGIN" -> login(initial == null ? ask("VXNlcm5hbWU6") : decode(initial), ask("UGFzc3dvcmQ6"));
            default -> SmtpAnswer.of(504, "5.5.4", "Mechanism not offered; use PLAIN or LOGIN");
        };
    }

    /** An authorization identity other than the user's own would be acting for someone else, which nobody may. */
    private SmtpAnswer plain(String message) {
        String[] parts = message.split("\0", -1);
        if (parts.length != 3) {
            return SmtpAnswer.of(501, "5.5.2", "PLAIN takes authzid NUL user NUL password");
        }
        return check(parts[1], parts[2], parts[0].isEmpty() || parts[0].equals(parts[1]));
    }

    private SmtpAnswer login(String name, String password) {
        return check(name, password, true);
    }

    private SmtpAnswer check(String name, String password, boolean allowed) {
        if (credentials.match(name, password) && allowed) {
            user = name;
            return DONE;
        }
        wrongGuesses++;
        return wrongGuesses < GUESSES ? SmtpAnswer.of(535, "5.7.8", "User name or password not known")
                : SmtpAnswer.of(421, "4.7.0", "Too many wrong passwords");
    }

    private String ask(String challenge) throws IOException, SmtpReplyException {
        channel.write(SmtpAnswer.of(334, null, challenge));
        String line = channel.readLine();
        if (line == null) {
            throw new EOFException("closed during AUTH");
        }
        return decode(line);
    }

    private static String decode(String base64) throws SmtpReplyException {
        if (base64.equals("*")) {
            throw new SmtpReplyException(501, "5.7.0", "AUTH cancelled");
        }
        if (base64.equals("=")) {
            return "";
        }
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new SmtpReplyException(501, "5.5.2", "Not base64");
        }
    }
}
