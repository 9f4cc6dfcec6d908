package dev.dromedary.warning;

import java.util.Locale;

/** What a warning is about. */
public enum WarningKind {
    /** The provider puts more off than it used to. */
    RISING_DEFERRALS(true),
    /** The provider refuses more, for the pool's sake or as spam, than it used to. */
    RISING_BLOCKS(true),
    /** A steady rise that reaches the threshold of a block within the horizon. */
    TIME_TO_THRESHOLD(true),
    /** The replies take much longer than they used to: often the first sign, but our own load may be the cause. */
    LATENCY(false),
    /** No figure by itself, but all of them together are unlike before, and worse. */
    JOINT_ANOMALY(true),
    /** Mail of one template, link or shape is refused far more than the rest: no pool's fault, and a case for the sender. */
    CONTENT(false);

    private final boolean cuts;

    WarningKind(boolean cuts) {
        this.cuts = cuts;
    }

    /** Whether volume is taken away from the pool. */
    public boolean cuts() {
        return cuts;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static WarningKind parse(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
