package dev.dromedary.outcome;

import org.jspecify.annotations.Nullable;

/**
 * What a reason means for each class of reply.
 *
 * @param transientCause cause of a 4xx
 * @param permanentCause cause of a 5xx
 * @param codelessCause  cause of a reply with neither code nor status
 * @param refused        category of a 5xx where it is not that of its cause
 * @param action         action where it is not the category's usual one; used where it fits the category
 */
record ReasonMeaning(Cause transientCause, Cause permanentCause, Cause codelessCause, @Nullable Category refused, @Nullable Action action) {

    Cause cause(ReplyClass replyClass) {
        return switch (replyClass) {
            case PERMANENT -> permanentCause;
            case TRANSIENT, INTERMEDIATE -> transientCause;
            case NONE, POSITIVE -> codelessCause;
        };
    }

    /** A 4xx asks to be tried again (RFC 5321 section 4.2.1), so no cause makes it anything but retryable. */
    Category category(ReplyClass replyClass) {
        Category ofCause = cause(replyClass).category();
        return switch (replyClass) {
            case PERMANENT -> refused == null ? ofCause : refused;
            case TRANSIENT, INTERMEDIATE -> ofCause.retryable() ? ofCause : Category.DEFER_SAME_POOL;
            case NONE, POSITIVE -> ofCause;
        };
    }

    Action action(Category category) {
        return action != null && action.fits(category) ? action : Action.usualFor(category);
    }
}
