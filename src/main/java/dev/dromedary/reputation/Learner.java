package dev.dromedary.reputation;

/** Told of every attempt that reached a server, by many threads, so it has to be quick. */
@FunctionalInterface
public interface Learner {
    void learn(Evidence evidence);

    /** The words of a refusal, before its {@link #learn}, for those who tell people why. */
    default void heard(String pool, String provider, String reply) {
    }
}
