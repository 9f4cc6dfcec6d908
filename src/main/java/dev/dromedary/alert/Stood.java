package dev.dromedary.alert;

/**
 * What one gauge of one node showed over a rule's window.
 *
 * @param high its highest value
 */
public record Stood(String node, String label, double mean, double high) {
}
