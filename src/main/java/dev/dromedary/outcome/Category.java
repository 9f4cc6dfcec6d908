package dev.dromedary.outcome;

/** What a reply means for a message in a live session. The ids are those of events, metrics and the {@code classify} command. */
public enum Category {
    DELIVERED("delivered"),
    DEFER_SAME_POOL("defer-same-pool"),
    DEFER_OTHER_POOL("defer-other-pool"),
    NETWORK_TRANSIENT("network-transient"),
    PERMANENT_RECIPIENT("permanent-recipient"),
    PERMANENT_MESSAGE("permanent-message"),
    PERMANENT_POLICY("permanent-policy"),
    FAIL_NO_SUPPRESS("fail-no-suppress"),
    COMPLAINT("complaint"),
    AUTO_REPLY("auto-reply");

    private final String id;

    Category(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** True where the message is to be tried again. */
    public boolean retryable() {
        return this == DEFER_SAME_POOL || this == DEFER_OTHER_POOL || this == NETWORK_TRANSIENT;
    }
}
