package dev.dromedary.history;

/**
 * What stood over some time.
 *
 * @param name  such as {@code queue}, see docs/history.md
 * @param label what it is the measure of, such as a queue's name, or empty
 */
public record Gauge(String name, String label, double low, double high, double total, long samples) {
    public static Gauge of(String name, String label, double value) {
        return new Gauge(name, label, value, value, value, 1);
    }

    public double mean() {
        return total / samples;
    }
}
