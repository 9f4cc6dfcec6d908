package dev.dromedary.store;

import dev.dromedary.alert.Telling;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
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

    /** What has become of one. */
    public enum State {
        /** To be tried, or under way. */
        WAITING, TOLD,
        /** A later one of the same alert was told before. */
        OVERTAKEN, GIVEN_UP;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One as people are shown it.
     *
     * @param answer what the receiver said last, or why it was not told; null before the first attempt came to something
     * @param doneAt since when it is no longer waiting, or null
     */
    public record Line(long id, String alert, Telling.Kind kind, String target, Instant madeAt, Instant due, int attempts, State state, @Nullable String answer,
            @Nullable Instant doneAt) {
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
