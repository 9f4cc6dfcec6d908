package dev.dromedary.store;

import dev.dromedary.alert.Telling;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell one receiver of an alert.
 *
 * @param target   {@code mail}, or {@code webhook/} and its name
 * @param body     the alert at that time, as JSON
 * @param attempts begun, this one included
 * @param due      when this attempt was due
 */
public record Notice(long id, String alert, Telling.Kind kind, String target, String body, Instant madeAt, int attempts, Instant due) {

    /**
     * One as people are shown it.
     *
     * @param doneAt when it was sent or given up, or null
     */
    public record Line(long id, String alert, Telling.Kind kind, String target, Instant madeAt, Instant due, int attempts, @Nullable String error, @Nullable Instant doneAt,
            boolean sent) {
    }

    /** The same at every attempt, and another for every other notice, also of another installation. Letters and digits only. */
    public String key() {
        return digest(alert + "\n" + id + "\n" + target);
    }

    /** The key of several that are told together, in whatever order. */
    public static String key(Collection<Notice> notices) {
        return digest(notices.stream().map(Notice::key).sorted().collect(Collectors.joining("\n")));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
