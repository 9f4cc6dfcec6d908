package dev.dromedary.brain;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.isolation.Breaker;
import dev.dromedary.isolation.ContentBook;
import dev.dromedary.pace.AdaptivePace;
import dev.dromedary.pace.Ceiling;
import dev.dromedary.pace.Ceilings;
import dev.dromedary.pace.StopLimits;
import dev.dromedary.pace.Ticker;
import dev.dromedary.pool.Ejections;
import dev.dromedary.pool.PoolChooser;
import dev.dromedary.pool.ScoreChooser;
import dev.dromedary.pool.TrustChooser;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Learner;
import dev.dromedary.reputation.ReputationBook;
import dev.dromedary.warmup.WarmUps;
import dev.dromedary.warning.EarlyWarnings;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What learns from every attempt: it tells the pool board how far each pool may go towards each provider, and which of those with room to take.
 * Production and rehearsal run the same one; only clock and randomness differ.
 *
 * <p>Safe for use by many threads.
 */
public final class Brain implements Ceilings, Learner {
    private final DromedaryConfig config;
    private final ReputationBook reputation;
    private final Ejections ejections;
    private final List<Learner> learners;
    private final Ceilings ceilings;
    private final PoolChooser chooser;
    private final AdaptivePace pace;
    private final StopLimits stops;
    private final WarmUps warmUps;
    private final EarlyWarnings warnings;
    private final Breaker breaker;
    private final ContentBook content;

    /** @param reactions what providers' own rules leave */
    public Brain(DromedaryConfig config, Ceilings reactions, InstantSource clock, Ticker ticker, RandomGenerator random) {
        this.config = config;
        this.reputation = new ReputationBook(config.brain().reputation(), clock);
        this.ejections = new Ejections(config, reactions, clock);
        this.pace = new AdaptivePace(config, clock, ticker);
        this.stops = new StopLimits(config, reactions, clock, ticker);
        this.warmUps = new WarmUps(config, clock);
        this.breaker = new Breaker(config.brain().isolation(), clock);
        this.content = new ContentBook(config.brain().isolation().content(), clock);
        this.warnings = new EarlyWarnings(config, Ceilings.all(List.of(reactions, ejections)), content::suspects, clock);
        this.learners = List.of(reputation, ejections, pace, stops, warmUps, warnings, breaker);
        this.ceilings = Ceilings.all(List.of(reactions, ejections, pace, stops, warmUps, warnings));
        this.chooser = chooser(random);
    }

    @Override
    public Ceiling of(String pool, String provider) {
        return ceilings.of(pool, provider);
    }

    @Override
    public void learn(Evidence evidence) {
        for (Learner learner : learners) {
            learner.learn(evidence);
        }
    }

    @Override
    public void heard(String pool, String provider, String reply) {
        pace.heard(pool, provider, reply);
    }

    public PoolChooser chooser() {
        return chooser;
    }

    /** A further one that goes by the same, for what has to leave the randomness of the one in use alone. */
    public PoolChooser chooser(RandomGenerator random) {
        return config.brain().choice().enabled() ? new TrustChooser(reputation, ejections, config.brain().choice(), random) : new ScoreChooser(reputation, random);
    }

    public ReputationBook reputation() {
        return reputation;
    }

    public Ejections ejections() {
        return ejections;
    }

    public AdaptivePace pace() {
        return pace;
    }

    public StopLimits stops() {
        return stops;
    }

    public WarmUps warmUps() {
        return warmUps;
    }

    /** What is due by time rather than by an attempt; to be called every few seconds. */
    public void beat() {
        reputation.beat();
        ejections.beat();
        pace.beat();
        stops.beat();
        warmUps.beat();
        breaker.beat();
        content.beat();
        warnings.beat();
    }

    public EarlyWarnings warnings() {
        return warnings;
    }

    public Breaker breaker() {
        return breaker;
    }

    public ContentBook content() {
        return content;
    }
}
