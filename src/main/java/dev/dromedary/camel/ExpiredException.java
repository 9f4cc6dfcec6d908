package dev.dromedary.camel;

/** The message is too old to be tried. */
final class ExpiredException extends Exception {
    ExpiredException(String why) {
        super(why, null, false, false);
    }
}
