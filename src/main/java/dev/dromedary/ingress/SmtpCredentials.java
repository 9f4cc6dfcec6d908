package dev.dromedary.ingress;

import dev.dromedary.config.DromedaryConfig.SmtpUser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks passwords against their SHA-256, in the same time for a wrong name, a wrong first letter and a wrong last one. */
final class SmtpCredentials {
    private static final byte[] NOBODY = new byte[32];
    private final Map<String, byte[]> digests;

    SmtpCredentials(List<SmtpUser> users) {
        this.digests = users.stream().collect(Collectors.toUnmodifiableMap(SmtpUser::name, SmtpCredentials::digest));
    }

    private static byte[] digest(SmtpUser user) {
        try {
            byte[] digest = HexFormat.of().parseHex(user.sha256());
            if (digest.length == NOBODY.length) {
                return digest;
            }
        } catch (IllegalArgumentException e) {
            // Answered below, without the value: it may be a password put in the wrong place.
        }
        throw new IllegalArgumentException("[SMTP_USER_DIGEST] smtp.users." + user.name()
                + ".sha256: not 64 hexadecimal digits; write the SHA-256 of the password");
    }

    boolean match(String user, String password) {
        byte[] expected = digests.getOrDefault(user, NOBODY);
        boolean same = MessageDigest.isEqual(expected, sha256(password));
        return same && expected != NOBODY;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
