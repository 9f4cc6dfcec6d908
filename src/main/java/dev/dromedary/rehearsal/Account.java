package dev.dromedary.rehearsal;

import dev.dromedary.config.Scenario;
import dev.dromedary.config.Scenario.Effect;
import dev.dromedary.rehearsal.Answer.Kind;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one simulated provider knows of one pool, and how it answers it. Its opinion is a number from 0 (good) to 1 (blocked): what goes over a
 * limit adds to it, time takes from it. From {@link #SUSPICION} on it defers a growing share of the pool's mail; at 1 it blocks.
 */
final class Account {
    private static final double SUSPICION = 0.3;
    /** Share deferred just before the block. */
    private static final double MOST_DEFERRED = 0.4;
    /** Opinion after a block has ended. */
    private static final double AFTER_BLOCK = 0.5;
    /** Pressing on a block prolongs it to so long from now, up to twice its length. */
    private static final long QUIET = TimeUnit.MINUTES.toNanos(10);
    /** What happened lately still shows. */
    private static final long AFTERWARDS = TimeUnit.HOURS.toNanos(1);
    private static final long DAY = TimeUnit.DAYS.toNanos(1);
    private static final double RECIPIENTS_REMEMBERED = 1_000;
    private static final double DELIVERIES_REMEMBERED = 20_000;
    /** Fewer complaints say nothing. */
    private static final double FEWEST_COMPLAINTS = 5;

    private final Scenario.Mailbox mailbox;
    private final List<Scenario.Event> events;
    private final RandomGenerator random;
    private final Blocks blocks;
    private double opinion;
    private long opinionAt;
    private long blockedUntil = Long.MIN_VALUE;
    private long longestBlock;
    private int pressed;
    private double tokens;
    private long tokensAt;
    private double unknownShare;
    private double complained;
    private double delivered;
    private double usual;
    private double recent;
    private long recentAt;
    private int inConversation;
    private long day = -1;
    private long today;
    private double allowance;

    /** Told of blocks that the provider's opinion brought about. */
    @FunctionalInterface
    interface Blocks {
        void blocked(long from, long until);
    }

    /** @param events that concern this pool and provider */
    Account(String pool, Scenario.Mailbox mailbox, List<Scenario.Event> events, RandomGenerator random, Blocks blocks) {
        this.mailbox = mailbox;
        this.events = events;
        this.random = random;
        this.blocks = blocks;
        this.tokens = mailbox.rate() == null ? 0 : burst(1);
        boolean cold = mailbox.coldStart() != null && (mailbox.coldPools().isEmpty() || mailbox.coldPools().contains(pool));
        this.allowance = cold ? mailbox.coldStart() : Double.POSITIVE_INFINITY;
    }

    /** A conversation begins. */
    void opened() {
        inConversation++;
    }

    /** @return a conversation's length in nanoseconds */
    long takes(long now) {
        double median = mailbox.latency().toNanos();
        for (Scenario.Event event : events) {
            if (under(event, now) && event.effect() == Effect.SLOW) {
                median *= event.factor();
            }
        }
        return (long) (median * Math.exp(0.4 * random.nextGaussian()));
    }

    /** Whether the pool's own connections are refused, or taken and never answered; null where they are answered. */
    @Nullable Effect poolUnreachable(long now) {
        return away(now, true);
    }

    /** The same of the provider behind the pool, which the pool then says. */
    @Nullable Effect providerUnreachable(long now) {
        return away(now, false);
    }

    private @Nullable Effect away(long now, boolean everyProvider) {
        for (Scenario.Event event : events) {
            if (under(event, now) && (event.provider() == null) == everyProvider && (event.effect() == Effect.OUTAGE || event.effect() == Effect.BLACK_HOLE || event.effect() == Effect.FLAP && flapped(event, now))) {
                return event.effect() == Effect.BLACK_HOLE ? Effect.BLACK_HOLE : Effect.OUTAGE;
            }
        }
        return null;
    }

    private static boolean flapped(Scenario.Event event, long now) {
        long period = event.period().toNanos();
        return (now - event.at().toNanos()) % period < period / 2;
    }

    private static boolean under(Scenario.Event event, long now) {
        return now >= event.at().toNanos() && now < event.end().toNanos();
    }

    /** The end of a conversation that got no answer. */
    void closed() {
        inConversation--;
    }

    /** The end of a conversation: what the provider says. */
    Kind answer(SimMessage message, long now) {
        inConversation--;
        count(now);
        cool(now);
        double factor = 1;
        boolean scripted = false;
        for (Scenario.Event event : events) {
            if (under(event, now)) {
                scripted |= event.effect() == Effect.BLOCK;
                factor *= event.effect() == Effect.CUT ? event.factor() : 1;
                if (event.effect() == Effect.DECLINE) {
                    sink(decline(event), now);
                }
            }
        }
        if (scripted || now < blockedUntil) {
            return press(now, scripted);
        }
        return judge(message, factor, now);
    }

    /** As much a message as brings it to a block by the end, at the usual volume; less where less is sent, so that it holds at half. */
    private double decline(Scenario.Event event) {
        double expected = Math.max(1, usual * event.length().toSeconds());
        double lost = Math.log(2) * event.length().toNanos() / mailbox.forgets().toNanos();
        return (1 + lost) * 1.3 / expected * Math.min(1, recent / Math.max(1e-9, usual));
    }

    /** The rate of attempts, of the last ten minutes and of the last day. */
    private void count(long now) {
        double seconds = (now - recentAt) / 1e9;
        recentAt = now;
        recent = recent * Math.exp(-seconds / 600) + 1 / 600.0;
        usual = usual + (recent - usual) * (1 - Math.exp(-seconds / 21_600));
    }

    private Kind press(long now, boolean scripted) {
        if (!scripted && ++pressed > mailbox.patience() / 10) {
            blockedUntil = Math.max(blockedUntil, Math.min(now + QUIET, longestBlock));
        }
        return Kind.BLOCKED;
    }

    private Kind judge(SimMessage message, double factor, long now) {
        if (inConversation + 1 > Math.max(1, mailbox.connections() * factor) || overRate(factor, now) || overDay(now)) {
            sink(1.0 / mailbox.patience(), now);
            return now < blockedUntil ? Kind.BLOCKED : Kind.OVER_RATE;
        }
        if (opinion > SUSPICION && random.nextDouble() < MOST_DEFERRED * (opinion - SUSPICION) / (1 - SUSPICION)) {
            return Kind.SUSPECT;
        }
        if (random.nextDouble() * 100 < mailbox.busy()) {
            return Kind.BUSY;
        }
        if (message.first() && random.nextDouble() * 100 < mailbox.greylist()) {
            return Kind.GREYLISTED;
        }
        return recipient(message, now);
    }

    private Kind recipient(SimMessage message, long now) {
        unknownShare += ((message.unknown() ? 1 : 0) - unknownShare) / RECIPIENTS_REMEMBERED;
        double over = unknownShare * 100 / mailbox.unknownLimit();
        if (over > 1 && message.unknown()) {
            sink(over / mailbox.patience(), now);
        }
        if (message.unknown()) {
            return Kind.UNKNOWN;
        }
        if (message.spam()) {
            sink(2.0 / mailbox.patience(), now);
            return Kind.SPAM;
        }
        delivered += 1 - delivered / DELIVERIES_REMEMBERED;
        complained -= complained / DELIVERIES_REMEMBERED;
        return random.nextDouble() * 100 < mailbox.drop() ? Kind.LOST : Kind.TAKEN;
    }

    /** A recipient complained of a message that this pool sent. */
    void complained(long now) {
        complained++;
        double over = complained / Math.max(delivered, 1) * 100 / mailbox.complaintLimit();
        if (complained >= FEWEST_COMPLAINTS && over > 1) {
            cool(now);
            sink(10 * over / mailbox.patience(), now);
        }
    }

    /** Whether the provider has something against the pool, or something has happened to it. */
    boolean standsWorseThan(double limit, long now) {
        cool(now);
        return opinion > limit || now < blockedUntil || events.stream().anyMatch(event -> now >= event.at().toNanos() && now < event.end().toNanos() + AFTERWARDS);
    }

    private boolean overRate(double factor, long now) {
        if (mailbox.rate() == null) {
            return false;
        }
        double perSecond = mailbox.rate().perSecond() * factor;
        tokens = Math.min(burst(factor), tokens + perSecond * (now - tokensAt) / 1e9);
        tokensAt = now;
        if (tokens < 1) {
            return true;
        }
        tokens--;
        return false;
    }

    /** Ten seconds' worth may come at once. */
    private double burst(double factor) {
        return Math.max(1, mailbox.rate().perSecond() * factor * 10);
    }

    /** What a pool without history may send grows with what it sent. */
    private boolean overDay(long now) {
        if (Double.isInfinite(allowance)) {
            return false;
        }
        if (now / DAY != day) {
            allowance = day < 0 ? allowance : Math.max(allowance, Math.min(today * mailbox.coldGrowth(), allowance * mailbox.coldGrowth()));
            day = now / DAY;
            today = 0;
        }
        today++;
        return today > allowance;
    }

    private void cool(long now) {
        if (opinion > 0) {
            opinion *= Math.exp(-Math.log(2) * (now - opinionAt) / mailbox.forgets().toNanos());
        }
        opinionAt = now;
    }

    private void sink(double by, long now) {
        opinion += by;
        if (opinion >= 1 && now >= blockedUntil) {
            opinion = AFTER_BLOCK;
            pressed = 0;
            blockedUntil = now + mailbox.block().toNanos();
            longestBlock = now + 2 * mailbox.block().toNanos();
            blocks.blocked(now, blockedUntil);
        }
    }
}
