package dev.dromedary.history;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the values of a label few, wherever they come from: the first {@value #MOST} that are seen keep their names, all others are {@value #OTHER}. Looking one up makes no
 * string; only a value that was never seen takes a lock. Safe for use by many threads.
 */
public final class BoundedLabel {
    public static final int MOST = 100;
    public static final String OTHER = "(other)";

    private final Set<String> named = ConcurrentHashMap.newKeySet();
    private final int most;
    private volatile boolean full;

    /** For values that come from outside. */
    public BoundedLabel() {
        this(List.of());
    }

    /** @param known values of the configuration, which keep their names however many they are, beside {@value #MOST} more */
    public BoundedLabel(Collection<String> known) {
        named.addAll(known);
        most = named.size() + MOST;
    }

    public String of(String value) {
        if (named.contains(value)) {
            return value;
        }
        return full ? OTHER : admit(value);
    }

    private synchronized String admit(String value) {
        if (named.size() < most) {
            named.add(value);
        } else {
            full = true;
        }
        return named.contains(value) ? value : OTHER;
    }
}
