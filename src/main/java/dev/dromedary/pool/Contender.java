package dev.dromedary.pool;

/** A pool that has room for a message, as a {@link PoolChooser} sees it. */
public interface Contender {
    String id();

    /** As configured; 1 or more. */
    int weight();

    /** Conversations now, to all providers. */
    int inFlight();

    int maxConnections();

    /** Of a conversation, in seconds; {@code NaN} before the first. */
    double meanSeconds();

    /** What a conversation with the provider has lately cost, failures counted, in seconds; {@code NaN} where nothing is known. */
    double cost(String provider);
}
