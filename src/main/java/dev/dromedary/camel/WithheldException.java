package dev.dromedary.camel;

import dev.dromedary.event.EventKind;

/** A message on a lane is not to be sent: its recipient was suppressed, or it was cancelled, after it was accepted. */
final class WithheldException extends Exception {
    private final EventKind kind;

    WithheldException(EventKind kind, String detail) {
        super(detail, null, false, false);
        this.kind = kind;
    }

    EventKind kind() {
        return kind;
    }
}
