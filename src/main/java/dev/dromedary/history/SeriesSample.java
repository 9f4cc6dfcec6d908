package dev.dromedary.history;

/**
 * What passed of one series.
 *
 * @param delivery from acceptance to delivery
 * @param smtp     of conversations, whatever they came to
 */
public record SeriesSample(Series series, Counts counts, Spread delivery, Spread smtp) {
}
