package dev.dromedary.warning;

import dev.dromedary.config.EarlyWarningSettings;
import dev.dromedary.warning.SeriesWindow.Figure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks at one pool and provider once a minute. Not thread-safe. */
final class SeriesJudge {
    /** Minutes before there is anything to compare with. */
    private static final int LEARNING = 60;
    private static final int FEWEST_ATTEMPTS = 20;
    private static final int LEARN_EVERY = 5;
    /** Attempts in the history from which the joint picture is worth its memory, just under 1 MB, and its time. */
    private static final int WORTH_A_FOREST = 2_000;

    private final EarlyWarningSettings settings;
    private final SeriesWindow window;
    private final RateWatch deferrals;
    private final RateWatch blocks;
    private final LatencyWatch latency = new LatencyWatch();
    private final long seed;
    private final BooleanSupplier mayHaveForest;
    private @Nullable JointWatch joint;
    private double usualBounced;
    private int looks;

    SeriesJudge(EarlyWarningSettings settings, SeriesWindow window, double runLength, long seed, BooleanSupplier mayHaveForest) {
        this.mayHaveForest = mayHaveForest;
        this.settings = settings;
        this.window = window;
        this.deferrals = new RateWatch(Figure.DEFERRED, settings.deferralThreshold(), runLength);
        this.blocks = new RateWatch(Figure.BLOCKED, settings.blockThreshold(), runLength);
        this.seed = seed;
    }

    /**
     * @param warned whether there is a warning of the kind
     * @param fresh  whether one of them is so young that what is usual must not be learnt anew
     */
    List<Finding> look(Instant now, Predicate<WarningKind> warned, boolean fresh) {
        if (window.age() < LEARNING) {
            return List.of();
        }
        if (looks++ % LEARN_EVERY == 0 && (!fresh || !deferrals.knowsUsual()) && window.sum(Figure.ATTEMPTS, Integer.MAX_VALUE, 31) >= FEWEST_ATTEMPTS) {
            learnUsual();
        }
        if (!deferrals.knowsUsual()) {
            return List.of();
        }
        var found = new ArrayList<Finding>(2);
        add(found, deferrals.look(window, now, WarningKind.RISING_DEFERRALS, warned.test(WarningKind.RISING_DEFERRALS), settings.horizon()));
        add(found, blocks.look(window, now, WarningKind.RISING_BLOCKS, warned.test(WarningKind.RISING_BLOCKS), settings.horizon()));
        add(found, latency.look(window));
        if (looks % JointWatch.GROUP == 0) {
            Finding ahead = deferrals.lookAhead(window, now, settings.horizon());
            add(found, ahead == null ? blocks.lookAhead(window, now, settings.horizon()) : ahead);
            add(found, joint());
        }
        return found;
    }

    private void learnUsual() {
        deferrals.learnUsual(window);
        blocks.learnUsual(window);
        latency.learnUsual(window);
        long total = window.sum(Figure.ATTEMPTS, Integer.MAX_VALUE, 31);
        usualBounced = (window.sum(Figure.BOUNCED, Integer.MAX_VALUE, 31) + 0.5) / (total + 50.0);
        if (joint == null && total >= WORTH_A_FOREST && mayHaveForest.getAsBoolean()) {
            joint = new JointWatch(seed);
        }
    }

    private @Nullable Finding joint() {
        return joint == null ? null : joint.look(window, deferrals.usual(), blocks.usual(), usualBounced, latency.deviation(window, JointWatch.GROUP));
    }

    private static void add(List<Finding> found, @Nullable Finding one) {
        if (one != null) {
            found.add(one);
        }
    }

    /** Messages a second of the busiest five minutes of the last hour: a cut must not be deeper for a lull. */
    double usualRate() {
        double most = 0;
        for (int to = 1; to + 4 <= 60; to += 5) {
            most = Math.max(most, window.sum(Figure.ATTEMPTS, to + 4, to) / 300.0);
        }
        return most == 0 ? Double.NaN : most;
    }
}
