package dev.dromedary.warmup;

/**
 * What a pool sent to a provider on a day.
 *
 * @param sent attempts, whatever came of them
 */
public record DayCount(long sent, long accepted, long deferred, long blocked, long complaints) {
    public static final DayCount NONE = new DayCount(0, 0, 0, 0, 0);

    DayCount plus(DayCount other) {
        return new DayCount(sent + other.sent, accepted + other.accepted, deferred + other.deferred, blocked + other.blocked, complaints + other.complaints);
    }

    /** Of two counts of the same, neither of which can have counted too much. */
    DayCount atLeast(DayCount other) {
        return new DayCount(Math.max(sent, other.sent), Math.max(accepted, other.accepted), Math.max(deferred, other.deferred), Math.max(blocked, other.blocked),
                Math.max(complaints, other.complaints));
    }

    /** For people. */
    String text() {
        return sent + " sent, " + accepted + " delivered, " + deferred + " deferred, " + blocked + " blocked, " + complaints + " complaints";
    }
}
