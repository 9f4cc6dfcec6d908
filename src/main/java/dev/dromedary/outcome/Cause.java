package dev.dromedary.outcome;

import org.jspecify.annotations.Nullable;

/**
 * Whose fault a refusal is, whatever the code's first digit: a {@link Category} that also has a word for "not said". A
 * greylisting server may answer 4xx with a text about an unknown user: its category is to retry, its cause the recipient.
 */
public enum Cause {
    DELIVERED("delivered", Category.DELIVERED),
    DEFER_SAME_POOL("defer-same-pool", Category.DEFER_SAME_POOL),
    DEFER_OTHER_POOL("defer-other-pool", Category.DEFER_OTHER_POOL),
    NETWORK_TRANSIENT("network-transient", Category.NETWORK_TRANSIENT),
    PERMANENT_RECIPIENT("permanent-recipient", Category.PERMANENT_RECIPIENT),
    PERMANENT_MESSAGE("permanent-message", Category.PERMANENT_MESSAGE),
    PERMANENT_POLICY("permanent-policy", Category.PERMANENT_POLICY),
    FAIL_NO_SUPPRESS("fail-no-suppress", Category.FAIL_NO_SUPPRESS),
    COMPLAINT("complaint", Category.COMPLAINT),
    AUTO_REPLY("auto-reply", Category.AUTO_REPLY),
    UNSPECIFIED_TEMPORARY("unspecified-temporary", Category.DEFER_SAME_POOL),
    UNSPECIFIED_PERMANENT("unspecified-permanent", Category.FAIL_NO_SUPPRESS),
    /** Neither code nor words: to retry loses nothing, to bounce might. */
    UNSPECIFIED("unspecified", Category.DEFER_SAME_POOL);

    private final String id;
    private final Category category;

    Cause(String id, Category category) {
        this.id = id;
        this.category = category;
    }

    public String id() {
        return id;
    }

    /** The category of a reply with this cause where its class of code does not forbid it. */
    Category category() {
        return category;
    }

    static @Nullable Cause byId(String id) {
        for (Cause cause : values()) {
            if (cause.id.equals(id)) {
                return cause;
            }
        }
        return null;
    }
}
