package dev.dromedary.pool;

/**
 * How good a pool looks for the next message, with its parts, each 0 to 1.
 *
 * <p>The weights are the guide's: half reputation, 0.3 response time, 0.2 load. Its faults are repaired: the response-time part is
 * bounded (there, one fast pool outweighed any reputation), a pool not yet measured counts as average, load counts conversations
 * in flight and not idle connections, and the sum stays within 0 and 1.
 */
public record PoolScore(double reputation, double responseTime, double room) {
    private static final double REPUTATION_WEIGHT = 0.5;
    private static final double RESPONSE_TIME_WEIGHT = 0.3;
    private static final double ROOM_WEIGHT = 0.2;
    /** The response time that scores one half. */
    private static final double MIDDLING_SECONDS = 1.0;
    private static final double UNMEASURED = 0.5;

    static PoolScore of(double reputation, double meanSeconds, int inFlight, int maxConnections) {
        double responseTime = Double.isNaN(meanSeconds) ? UNMEASURED : MIDDLING_SECONDS / (MIDDLING_SECONDS + meanSeconds);
        double load = Math.min(1.0, inFlight / (double) maxConnections);
        return new PoolScore(reputation, responseTime, 1 - load);
    }

    public double total() {
        return REPUTATION_WEIGHT * reputation + RESPONSE_TIME_WEIGHT * responseTime + ROOM_WEIGHT * room;
    }
}
