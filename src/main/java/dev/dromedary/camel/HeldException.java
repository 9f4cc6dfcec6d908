package dev.dromedary.camel;

/** The message was not sent and goes back to the broker as it is, because the program stops. */
final class HeldException extends Exception {
    HeldException() {
        super("the program stops: back to the broker, unsent", null, false, false);
    }
}
