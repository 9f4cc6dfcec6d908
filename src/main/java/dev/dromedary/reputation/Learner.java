package dev.dromedary.reputation;

/** Told of every attempt that reached a server, by many threads, so it has to be quick. */
@FunctionalInterface
public interface Learner {
    void learn(Evidence evidence);
}
