package dev.dromedary.suppression;

import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.JsonFields;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.StrictJson;
import dev.dromedary.suppression.Suppression.Origin;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads an entry of the list from JSON, as it is written there. */
public final class SuppressionReader {
    static final List<String> FIELDS = List.of("address", "stream", "reason", "detail", "origin", "since", "expires");
    /** Of an entry that names none. */
    private static final String USUAL_REASON = "manual";
    private static final Pattern STREAM = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final Pattern REASON = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final int DETAIL = 1_000;
    private final Origin usual;

    /** @param usual origin of entries that name none */
    public SuppressionReader(Origin usual) {
        this.usual = usual;
    }

    /** @throws RefusedException where it is none */
    public Suppression read(byte[] json, Instant now) {
        return read(new JsonFields(StrictJson.object(json), ""), now);
    }

    Suppression read(JsonFields fields, Instant now) {
        fields.refuseUnknown(FIELDS);
        String reason = fields.text("reason");
        Instant since = time(fields, "since");
        Instant expires = time(fields, "expires");
        if (reason != null && !REASON.matcher(reason).matches()) {
            throw JsonFields.invalid("reason", reason, "write one word of lower-case letters, digits, - and _, such as unsubscribed; sentences go into detail");
        }
        if (expires != null && !expires.isAfter(now)) {
            throw JsonFields.invalid("expires", expires.toString(), "write a time to come, or leave it out");
        }
        return new Suppression(EmailAddress.parse(fields.requiredText("address")).toString(), stream(fields.text("stream")), reason == null ? USUAL_REASON : reason,
                detail(fields.text("detail")), origin(fields.text("origin")), since == null || since.isAfter(now) ? now : since, expires);
    }

    /** @return null for every stream @throws RefusedException where it is no stream's name */
    public static @Nullable String stream(@Nullable String text) {
        if (text != null && !text.isEmpty() && !STREAM.matcher(text).matches()) {
            throw JsonFields.invalid("stream", text, "write 1 to 128 visible ASCII characters, or leave it out for every stream");
        }
        return text == null || text.isEmpty() ? null : text;
    }

    public static String detail(@Nullable String text) {
        if (text != null && (text.length() > DETAIL || text.chars().anyMatch(Character::isISOControl))) {
            throw JsonFields.invalid("detail", text, "write at most " + DETAIL + " characters on one line");
        }
        return text == null ? "" : text;
    }

    private Origin origin(@Nullable String text) {
        if (text == null) {
            return usual;
        }
        return Arrays.stream(Origin.values()).filter(origin -> origin.id().equals(text)).findFirst().orElseThrow(() -> JsonFields.invalid("origin", text,
                "write " + Arrays.stream(Origin.values()).map(Origin::id).collect(Collectors.joining(", ")).toLowerCase(Locale.ROOT) + ", or leave it out"));
    }

    private static @Nullable Instant time(JsonFields fields, String name) {
        String text = fields.text(name);
        return text == null ? null : time(name, text);
    }

    /** @throws RefusedException where the text is no time (RFC 3339) */
    public static Instant time(String name, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw JsonFields.invalid(name, text, "write a time with its offset, such as 2026-11-01T09:00:00Z (RFC 3339)");
        }
    }
}
