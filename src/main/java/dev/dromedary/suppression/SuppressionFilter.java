package dev.dromedary.suppression;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the list are meant; what is null does not matter.
 *
 * @param address in any case
 * @param domain  lower-case A-labels
 * @param stream  a stream's name, or an empty text for entries of every stream
 * @param origin  an {@link Suppression.Origin}'s id
 * @param since   only entries made at this time or later
 */
public record SuppressionFilter(
        @Nullable String address, @Nullable String domain, @Nullable String stream, @Nullable String reason, @Nullable String origin, @Nullable Instant since) {
    public static final SuppressionFilter ANY = new SuppressionFilter(null, null, null, null, null, null);

    /** A condition to go behind {@code where}. */
    String condition() {
        var conditions = new ArrayList<String>();
        add(conditions, address, "address = ?");
        add(conditions, domain, "right(address, length(?) + 1) = '@' || ?");
        add(conditions, stream, "stream = ?");
        add(conditions, reason, "reason = ?");
        add(conditions, origin, "origin = ?");
        add(conditions, since, "since >= ?");
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }

    /** The parameters of {@link #condition()}, in order, and the others behind them. */
    @Nullable Object[] parameters(@Nullable Object... others) {
        var parameters = new ArrayList<@Nullable Object>();
        for (Object value : new @Nullable Object[] {address == null ? null : Suppression.folded(address), domain, domain, stream, reason, origin, since}) {
            if (value != null) {
                parameters.add(value);
            }
        }
        parameters.addAll(Arrays.asList(others));
        return parameters.toArray();
    }

    private static void add(List<String> conditions, @Nullable Object value, String condition) {
        if (value != null) {
            conditions.add(condition);
        }
    }
}
