package dev.dromedary.smtp;

import java.util.Locale;

/** Why a connection was not kept for the next message. */
public enum CloseReason {
    /** The server closed it, told us to (421), or stopped talking sense. */
    BROKEN,
    /** It has carried as many messages as one may. */
    MESSAGES,
    /** Nobody needed it for the pool's {@code connection-max-idle}. */
    IDLE,
    /** It has been open for the pool's {@code connection-max-age}. */
    AGE,
    /** The pool is drained, or the program stops. */
    STOP;

    private final String id = name().toLowerCase(Locale.ROOT);

    public String id() {
        return id;
    }
}
