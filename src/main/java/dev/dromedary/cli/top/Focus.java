package dev.dromedary.cli.top;

import dev.dromedary.cli.top.Subject.Mark;
import dev.dromedary.cli.top.Subject.Spot;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are seen, and which of them is looked at.
 *
 * @param filter what a row has to contain; empty for all
 * @param typing whether keys are its letters
 * @param mark   the row that is selected; null before one is
 * @param at     its place among those that can be, which stays where the row is gone
 * @param open   what details are shown of; null for none
 */
record Focus(String filter, boolean typing, @Nullable Mark mark, int at, @Nullable Subject open) {
    static final Focus NONE = new Focus("", false, null, 0, null);
    private static final int LONGEST = 60;

    boolean passes(String row) {
        return filter.isEmpty() || row.toLowerCase(Locale.ROOT).contains(filter.toLowerCase(Locale.ROOT));
    }

    boolean isOn(Mark row) {
        return row.equals(mark);
    }

    Focus asking(boolean now) {
        return new Focus(filter, now, null, 0, null);
    }

    Focus typed(int c) {
        return filter.length() >= LONGEST ? this : new Focus(filter + (char) c, true, null, 0, null);
    }

    Focus erased() {
        return new Focus(filter.isEmpty() ? "" : filter.substring(0, filter.offsetByCodePoints(filter.length(), -1)), true, null, 0, null);
    }

    /** One step back: out of the details, then without the filter, then without the row. */
    Focus back() {
        return open != null ? new Focus(filter, false, mark, at, null) : NONE;
    }

    Focus elsewhere() {
        return new Focus(filter, false, null, 0, null);
    }

    /** @param spots those that can be selected; @param first the one to begin with; @param by how many further */
    Focus moved(List<Spot> spots, int first, int by) {
        int here = place(spots);
        int to = mark == null ? first : Math.max(0, Math.min(spots.size() - 1, here + by));
        return new Focus(filter, typing, spots.get(to).mark(), to, null);
    }

    Focus opened(List<Spot> spots, int first) {
        if (open != null || spots.isEmpty()) {
            return this;
        }
        Spot spot = spots.get(mark == null ? first : place(spots));
        return new Focus(filter, false, spot.mark(), spots.indexOf(spot), spot.mark().subject());
    }

    private int place(List<Spot> spots) {
        for (int i = 0; i < spots.size(); i++) {
            if (spots.get(i).mark().equals(mark)) {
                return i;
            }
        }
        return Math.max(0, Math.min(at, spots.size() - 1));
    }
}
