package dev.dromedary.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an alert came to at a time.
 *
 * @param value  in the alert's unit; {@code NaN} where it is not known
 * @param by     who acknowledged it then, or null
 * @param reason of that
 */
public record AlertChange(Instant at, AlertState state, Severity severity, double value, String text, @Nullable String by, @Nullable String reason) {

    /** @return whether one of these is a change for people from the other, which may be the first that is seen */
    public static boolean between(@Nullable Alert before, Alert after) {
        if (after.state() == AlertState.PENDING) {
            return false;
        }
        return before == null || before.state() != after.state() || before.severity() != after.severity();
    }
}
