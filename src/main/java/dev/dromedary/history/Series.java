package dev.dromedary.history;

/** What is counted by itself. A part that has no meaning for it is empty: mail taken in has a way only, attempts all but that. */
public record Series(String way, String provider, String pool, String stream) {
    static final String NONE = "";

    static Series in(String way) {
        return new Series(way, NONE, NONE, NONE);
    }

    static Series out(String provider, String pool, String stream) {
        return new Series(NONE, provider, pool, stream);
    }
}
