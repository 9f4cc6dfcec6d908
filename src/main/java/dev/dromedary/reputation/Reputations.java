package dev.dromedary.reputation;

/** What providers make of each pool. Asked for every message, so it has to be quick. */
@FunctionalInterface
public interface Reputations {
    /** @return what is known now, which may be next to nothing */
    Reputation of(String pool, String provider);
}
