package dev.dromedary.alert;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How bad it is, the worse later. */
public enum Severity {
    WARNING, CRITICAL;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is worse than another, or than none. */
    public boolean over(@Nullable Severity other) {
        return other == null || compareTo(other) > 0;
    }
}
