package dev.dromedary.camel;

/** A reaction says that mail to this provider is to be given up for now; nothing was sent. */
final class GivenUpException extends Exception {
    GivenUpException(String why) {
        super(why, null, false, false);
    }
}
