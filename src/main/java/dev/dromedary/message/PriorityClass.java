package dev.dromedary.message;

import java.util.Locale;

/** Classes of mail that share what is scarce by weight. Each has a queue of its own, so that none stands behind another. */
public enum PriorityClass {
    URGENT, NORMAL, BULK;

    private static final int NORMAL_FROM = 100;
    private static final int BULK_FROM = 150;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** @param priority 0-999: below 100 urgent, from 150 bulk */
    public static PriorityClass of(int priority) {
        return priority < NORMAL_FROM ? URGENT : priority < BULK_FROM ? NORMAL : BULK;
    }

    /** @param id as {@link #id} says it */
    public static PriorityClass ofId(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** In names of queues and in metrics. */
    public String id() {
        return id;
    }
}
