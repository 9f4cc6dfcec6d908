package dev.dromedary.reaction;

/** Asked for every message, so it has to be quick. */
@FunctionalInterface
public interface Ceilings {
    Ceilings NONE = (pool, provider) -> Ceiling.NONE;

    Ceiling of(String pool, String provider);
}
