package dev.dromedary.pace;

/**
 * A change of the pace of a pool towards a provider.
 *
 * @param from messages a second before; infinite where nothing was said
 * @param to   messages a second now; infinite where it is free again
 * @param why  what is in force now, with the evidence
 */
public record PaceChange(String pool, String provider, Kind kind, double from, double to, String why) {

    public enum Kind { CUT, RAISED, FREED }

    public String fromText() {
        return PaceText.of(from);
    }

    public String toText() {
        return PaceText.of(to);
    }
}
