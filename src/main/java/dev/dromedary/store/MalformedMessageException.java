package dev.dromedary.store;

/** A message on one of our own queues lacks what we always write, so someone else put it there or changed it. */
public final class MalformedMessageException extends RuntimeException {

    MalformedMessageException(String property, String seen) {
        super("[MESSAGE_MALFORMED] " + property + ": " + seen + "; only Dromedary writes to lanes, submit through " + Queues.SUBMIT);
    }
}
