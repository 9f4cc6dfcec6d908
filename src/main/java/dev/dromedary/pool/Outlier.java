package dev.dromedary.pool;

import dev.dromedary.config.ChoiceSettings;
import dev.dromedary.pace.Ceiling;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How often one provider has blocked one pool lately, and what came of it. Thread safe. */
final class Outlier {
    /** Steps of the way back; the share grows by one in so many. */
    private static final int STEPS = 10;
    private static final int MOST_DOUBLINGS = 30;

    private final ChoiceSettings.Ejection settings;
    private final Ceiling[] wayBack = new Ceiling[STEPS];
    private int inARow;
    private long windowStart;
    private int attempts;
    private int blocks;
    private int attemptsBefore;
    private int blocksBefore;
    private int times;
    private boolean lasting;
    private volatile long until;
    private volatile long whole;
    private volatile Ceiling halted = Ceiling.NONE;
    private String why = "";

    Outlier(ChoiceSettings.Ejection settings) {
        this.settings = settings;
    }

    /** @return why it has to go out, or null */
    synchronized @Nullable String heard(boolean blocked, long now) {
        turnWindow(now);
        attempts++;
        blocks += blocked ? 1 : 0;
        inARow = blocked ? inARow + 1 : 0;
        if (!blocked || now < until) {
            return null;
        }
        if (settings.inARow() > 0 && inARow >= settings.inARow()) {
            return inARow + " blocks in a row";
        }
        // The window before counts by the part of it that is still within reach.
        double left = 1 - Math.min(1, (now - windowStart) / (double) settings.window().toMillis());
        double all = attempts + attemptsBefore * left;
        double bad = blocks + blocksBefore * left;
        return all >= settings.volume() && bad >= settings.ratio() * all ? String.format(Locale.ROOT, "%.0f of %.0f attempts blocked", bad, all) : null;
    }

    private void turnWindow(long now) {
        long length = settings.window().toMillis();
        long passed = (now - windowStart) / length;
        if (passed > 0) {
            attemptsBefore = passed == 1 ? attempts : 0;
            blocksBefore = passed == 1 ? blocks : 0;
            attempts = 0;
            blocks = 0;
            windowStart += passed * length;
        }
    }

    /** @return true where it was neither out nor on its way back */
    synchronized boolean eject(long now, String because) {
        // One is forgiven for each time as long as the last that it stayed in after the way back.
        long good = times == 0 ? 0 : Math.max(0, now - whole) / Math.max(1, length(times));
        times = (int) Math.max(0, times - good) + 1;
        until = now + length(times);
        whole = until + settings.slowStart().toMillis();
        why = because;
        inARow = 0;
        attempts = 0;
        blocks = 0;
        attemptsBefore = 0;
        blocksBefore = 0;
        Instant end = Instant.ofEpochMilli(until);
        halted = new Ceiling(new Ceiling.Halt(end, false, "taken out until " + end + ": " + because + (times == 1 ? "" : ", for the " + times + ". time")),
                Double.POSITIVE_INFINITY, Integer.MAX_VALUE, 1, Integer.MAX_VALUE, "");
        for (int i = 0; i < STEPS; i++) {
            wayBack[i] = new Ceiling(null, Double.POSITIVE_INFINITY, Integer.MAX_VALUE, (i + 1.0) / STEPS, Integer.MAX_VALUE,
                    "back at " + (i + 1) * 100 / STEPS + " % after it was taken out until " + end + ": " + because);
        }
        boolean fresh = !lasting;
        lasting = true;
        return fresh;
    }

    private long length(int time) {
        return Math.min(settings.most().toMillis(), settings.base().toMillis() << Math.min(MOST_DOUBLINGS, time - 1));
    }

    boolean isOut(long now) {
        return now < until;
    }

    boolean lasts(long now) {
        return now < whole;
    }

    Ceiling ceiling(long now) {
        if (now >= whole) {
            return Ceiling.NONE;
        }
        return now < until ? halted : step(now);
    }

    private synchronized Ceiling step(long now) {
        return now < until || now >= whole ? Ceiling.NONE : wayBack[(int) ((now - until) * STEPS / (whole - until))];
    }

    double share(long now) {
        return now >= whole || now < until ? 1 : Math.floor(1 + (now - until) * (double) STEPS / (whole - until)) / STEPS;
    }

    /** @return true where it has just ended */
    synchronized boolean endIfOver(long now) {
        boolean over = lasting && now >= whole;
        lasting &= !over;
        return over;
    }

    synchronized Ejections.Ejected shown(String pool, String provider) {
        return new Ejections.Ejected(pool, provider, times, Instant.ofEpochMilli(until), Instant.ofEpochMilli(whole), why);
    }
}
