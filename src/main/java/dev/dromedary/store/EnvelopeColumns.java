package dev.dromedary.store;

import dev.dromedary.message.DeliveryTerms;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An envelope as the columns that {@code deferred} and {@code dead_letter} have in common. */
public final class EnvelopeColumns {
    /** For a select list. */
    public static final String NAMES = "message_id, submission_id, sender, recipient, provider, stream, campaign, tags, priority, max_retries, accepted_at, attempt, size, max_age, dsn, route, submitted_at";
    private static final List<String> UPDATED = List.of("submission_id", "sender", "recipient", "recipient_domain", "provider", "stream", "campaign", "tags", "priority",
            "max_retries", "accepted_at", "attempt", "size", "max_age", "dsn", "route", "submitted_at");

    private EnvelopeColumns() {
    }

    public static <T> BulkInsert.Builder<T> insertInto(String table, Function<T, Envelope> envelope) {
        return BulkInsert.<T>into(table)
                .text("message_id", row -> envelope.apply(row).id())
                .text("submission_id", row -> envelope.apply(row).submissionId())
                .text("sender", row -> text(envelope.apply(row).from()))
                .text("recipient", row -> envelope.apply(row).to().toString())
                .text("recipient_domain", row -> envelope.apply(row).to().domain())
                .text("provider", row -> envelope.apply(row).provider())
                .text("stream", row -> envelope.apply(row).stream())
                .text("campaign", row -> envelope.apply(row).campaign())
                .texts("tags", row -> envelope.apply(row).tags())
                .integer("priority", row -> envelope.apply(row).priority())
                .integer("max_retries", row -> envelope.apply(row).maxRetries())
                .time("accepted_at", row -> envelope.apply(row).acceptedAt())
                .integer("attempt", row -> envelope.apply(row).attempt())
                .integer("size", row -> envelope.apply(row).size())
                .integer("max_age", row -> envelope.apply(row).terms().maxAgeSeconds())
                .text("dsn", row -> envelope.apply(row).terms().dsnId())
                .text("route", row -> envelope.apply(row).route())
                .time("submitted_at", row -> envelope.apply(row).submittedAt());
    }

    /** The assignments of an update on conflict: these columns and the others named. */
    public static String assignments(String... others) {
        var names = new ArrayList<>(UPDATED);
        names.addAll(List.of(others));
        return String.join(", ", names.stream().map(name -> name + " = excluded." + name).toList());
    }

    public static Envelope read(ResultSet row) throws SQLException {
        String sender = row.getString("sender");
        return new Envelope(row.getString("message_id"), row.getString("submission_id"), sender == null ? null : address(sender), address(row.getString("recipient")),
                row.getString("provider"), row.getString("stream"), row.getString("campaign"), Sql.texts(row, "tags"), row.getInt("priority"), row.getInt("max_retries"),
                Objects.requireNonNull(Sql.instant(row, "accepted_at")), row.getInt("attempt"), row.getInt("size"),
                DeliveryTerms.of(row.getObject("max_age", Integer.class), row.getString("dsn")), null, row.getString("route"), Sql.instant(row, "submitted_at"));
    }

    private static EmailAddress address(String text) {
        int at = text.lastIndexOf('@');
        return new EmailAddress(text.substring(0, at), text.substring(at + 1));
    }

    private static @Nullable String text(@Nullable EmailAddress address) {
        return address == null ? null : address.toString();
    }
}
