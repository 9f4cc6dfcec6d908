package dev.dromedary.config;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A simulated time to be rehearsed: the configuration under test, what is sent, how the providers of that world behave, and what happens to them.
 *
 * @param start    of the simulated time
 * @param growth   of traffic a month, in per cent, for the question of when the pools are outgrown
 * @param mailboxes how each provider of the world behaves, by provider id; a provider that is not named behaves as the defaults say
 */
public record Scenario(String name, String description, Instant start, Duration length, int seed, double growth, DromedaryConfig dromedary, List<Traffic> traffic,
        Map<String, Mailbox> mailboxes, List<Event> events) {

    /** How a day's mail is spread over its hours. */
    public enum Shape { FLAT, DIURNAL, BURST }

    /**
     * One kind of mail.
     *
     * @param messages   in all, while it lasts
     * @param from       after the start of the simulated time
     * @param peak       hour of the day with most mail, where the shape is diurnal
     * @param swing      0 to 1: how far the busiest and the quietest hour are from the mean
     * @param weekend    share of a working day's mail that is sent on a day of the weekend
     * @param unknown    per cent of recipients that do not exist
     * @param complaints per cent of delivered messages that are complained about
     * @param spam       per cent of messages refused for their content
     * @param mix        shares of the providers
     */
    public record Traffic(String id, String stream, @Nullable String campaign, String sender, long messages, Duration from, Duration length, Shape shape, Duration peak,
            double swing, double weekend, int priority, double unknown, double complaints, double spam, List<Share> mix) {
    }

    /** @param parts of the sum of all shares */
    public record Share(String provider, int parts) {
    }

    /**
     * How a provider treats each pool that sends to it.
     *
     * @param latency        median of a conversation
     * @param rate           accepted from one pool; more is deferred, or null for any
     * @param connections    at a time from one pool; more are deferred
     * @param unknownLimit   per cent of unknown recipients from which its opinion sinks
     * @param complaintLimit per cent of complaints from which its opinion sinks
     * @param patience       attempts over a limit in about an hour that bring an unknown sender from good standing to a block
     * @param block          how long a block lasts; pressing on prolongs it
     * @param forgets        half-life of its bad opinion
     * @param coldStart      messages a day that it takes from a pool without history, or null for any
     * @param coldGrowth     by which factor that may grow from day to day
     * @param coldPools      those without history; empty for all of them
     * @param greylist       per cent of first attempts told to come again
     * @param busy           per cent of attempts deferred for reasons of its own
     * @param drop           per cent of messages taken of which the answer is lost
     */
    public record Mailbox(String provider, Duration latency, @Nullable Rate rate, int connections, double unknownLimit, double complaintLimit, int patience, Duration block,
            Duration forgets, @Nullable Integer coldStart, double coldGrowth, List<String> coldPools, double greylist, double busy, double drop) {
    }

    /** What may happen in the world. */
    public enum Effect {
        /** The provider refuses the pool, whatever it does. */
        BLOCK,
        /** Connections are refused. */
        OUTAGE,
        /** Connections are taken and then nothing comes. */
        BLACK_HOLE,
        /** Conversations take so many times as long. */
        SLOW,
        /** The provider's rate and connections are this share of before. */
        CUT,
        /** The provider's opinion of the pool sinks slowly, the faster the more is sent, until it blocks. */
        DECLINE,
        /** Outage and no outage in turn. */
        FLAP
    }

    /**
     * @param at       after the start
     * @param provider whom it concerns, or null for all
     * @param pool     whom it concerns, or null for all
     * @param factor   for slow and cut
     * @param period   for flap: of one outage and what follows
     */
    public record Event(String id, Effect effect, Duration at, Duration length, @Nullable String provider, @Nullable String pool, double factor, Duration period) {
        public Duration end() {
            return at.plus(length);
        }

        public boolean concerns(String onePool, String oneProvider) {
            return (provider == null || provider.equals(oneProvider)) && (pool == null || pool.equals(onePool));
        }
    }

    /** The same with so many times the traffic. */
    public Scenario times(double factor) {
        List<Traffic> scaled = traffic.stream().map(t -> new Traffic(t.id, t.stream, t.campaign, t.sender, Math.max(1, Math.round(t.messages * factor)), t.from, t.length, t.shape,
                t.peak, t.swing, t.weekend, t.priority, t.unknown, t.complaints, t.spam, t.mix)).toList();
        return new Scenario(name, description, start, length, seed, growth, dromedary, scaled, mailboxes, events);
    }

    public long messages() {
        return traffic.stream().mapToLong(Traffic::messages).sum();
    }
}
