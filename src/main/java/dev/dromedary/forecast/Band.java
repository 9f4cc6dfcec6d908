package dev.dromedary.forecast;

/** What is expected, and between which values it should be. */
public record Band(double lower, double expected, double upper) {
    public boolean holds(double value) {
        return value >= lower && value <= upper;
    }
}
