package dev.dromedary.outcome;

/** What to do after a reply. The ids are those of the {@code classify} command and of rules files, and do not change. */
public enum Action {
    /** The server has taken the message over: nothing is left to do. */
    DELIVER("deliver"),
    /** Try the same pool again after its back-off. */
    RETRY_SAME_POOL("retry-same-pool"),
    /** Try another pool, and slow this one down for the provider. */
    RETRY_OTHER_POOL("retry-other-pool"),
    /** The provider refuses this pool's address or name: rest the pool for the provider, and try another. */
    REST_POOL("rest-pool"),
    /** Network or name service: try any pool later, without blaming one. */
    RETRY_LATER("retry-later"),
    /** Our own SPF, DKIM, DMARC or TLS set-up is refused: pause the stream and alert. The category says what becomes of the message. */
    PAUSE_STREAM_AND_ALERT("pause-stream-and-alert"),
    /** Give this message up, and keep the address. */
    BOUNCE("bounce"),
    /** Give this message up, and send nothing more to the address. */
    BOUNCE_AND_SUPPRESS("bounce-and-suppress"),
    /** The recipient complained: send nothing more to the address. */
    SUPPRESS("suppress"),
    /** Somebody's software answered: record it and do nothing. */
    IGNORE("ignore");

    private final String id;

    Action(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** The action of a category where its reason asks for no other. */
    static Action usualFor(Category category) {
        return switch (category) {
            case DELIVERED -> DELIVER;
            case DEFER_SAME_POOL -> RETRY_SAME_POOL;
            case DEFER_OTHER_POOL -> RETRY_OTHER_POOL;
            case NETWORK_TRANSIENT -> RETRY_LATER;
            case PERMANENT_RECIPIENT -> BOUNCE_AND_SUPPRESS;
            case PERMANENT_MESSAGE, PERMANENT_POLICY, FAIL_NO_SUPPRESS -> BOUNCE;
            case COMPLAINT -> SUPPRESS;
            case AUTO_REPLY -> IGNORE;
        };
    }

    /** True where the action does not contradict the category: nothing that is to be retried may be bounced, nor the other way round. */
    boolean fits(Category category) {
        return switch (this) {
            case DELIVER -> category == Category.DELIVERED;
            case RETRY_SAME_POOL, RETRY_OTHER_POOL, REST_POOL, RETRY_LATER -> category.retryable();
            case PAUSE_STREAM_AND_ALERT -> category != Category.DELIVERED;
            case BOUNCE, BOUNCE_AND_SUPPRESS, SUPPRESS, IGNORE -> category != Category.DELIVERED && !category.retryable();
        };
    }
}
