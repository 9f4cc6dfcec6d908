package dev.dromedary.pace;

import java.util.List;

/** What holds pools back. Asked for every message, so it has to be quick. */
@FunctionalInterface
public interface Ceilings {
    Ceilings NONE = (pool, provider) -> Ceiling.NONE;

    Ceiling of(String pool, String provider);

    /** The strictest of all of these. */
    static Ceilings all(List<Ceilings> each) {
        Ceilings[] parts = each.toArray(new Ceilings[0]);
        return (pool, provider) -> {
            Ceiling strictest = Ceiling.NONE;
            for (Ceilings part : parts) {
                strictest = strictest.and(part.of(pool, provider));
            }
            return strictest;
        };
    }
}
