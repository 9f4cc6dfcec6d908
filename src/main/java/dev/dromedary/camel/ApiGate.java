package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig.ApiKey;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets a request in by its {@code Authorization: Bearer} key; without keys in the configuration the API is on loopback and open. */
final class ApiGate {
    static final String NO_KEY = "local";
    private static final String SCHEME = "Bearer ";
    private static final Pattern LOOPBACK = Pattern.compile("(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1\\])(?::\\d+)?", Pattern.CASE_INSENSITIVE);

    private final List<ApiKey> keys;

    ApiGate(List<ApiKey> keys) {
        this.keys = keys;
    }

    /** What a request says of where it comes from; each null where it does not. */
    record Caller(@Nullable String authorization, @Nullable String host, @Nullable String origin) {
    }

    /** @return the name of the caller's key, or {@link #NO_KEY} where none is asked for */
    String check(Caller caller) {
        if (keys.isEmpty()) {
            refusePages(caller);
            return NO_KEY;
        }
        return nameOf(caller.authorization());
    }

    /** For pages without data: they need no key, but where there is none, no other site may show or read them either. */
    void checkPage(Caller caller) {
        if (keys.isEmpty()) {
            refusePages(caller);
        }
    }

    /** A web page in a browser on this machine can reach loopback too, by its own name once that resolves to it (DNS rebinding). */
    private static void refusePages(Caller caller) {
        if (caller.host() != null && !LOOPBACK.matcher(caller.host()).matches()) {
            throw new RefusedException(RefusalCode.FORBIDDEN, "Host", caller.host(), "without api keys the API answers to 127.0.0.1, [::1] and localhost only");
        }
        if (caller.origin() != null && !LOOPBACK.matcher(caller.origin().replaceFirst("^https?://", "")).matches()) {
            throw new RefusedException(RefusalCode.FORBIDDEN, "Origin", caller.origin(), "without api keys the API takes nothing from web pages");
        }
    }

    private String nameOf(@Nullable String authorization) {
        byte[] given = sha256(authorization != null && authorization.startsWith(SCHEME) ? authorization.substring(SCHEME.length()) : "");
        String name = null;
        for (ApiKey key : keys) {
            // Every key is compared, and each in constant time, so that the time taken tells nothing.
            if (MessageDigest.isEqual(given, HexFormat.of().parseHex(key.sha256()))) {
                name = key.name();
            }
        }
        if (name == null) {
            throw new RefusedException(RefusalCode.UNAUTHENTICATED, "Authorization", authorization == null ? "none" : "not a known key",
                    "send Authorization: Bearer <api key>");
        }
        return name;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
