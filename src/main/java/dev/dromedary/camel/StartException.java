package dev.dromedary.camel;

/** Something outside kept the program from starting; the message says what, and what to change. */
public final class StartException extends RuntimeException {
    StartException(String message) {
        super(message);
    }
}
