package dev.dromedary.rehearsal;

import java.util.ArrayList;
import java.util.List;

/** How many messages of one provider are late, minute by minute, and when that was over after each incident. */
final class Lateness {
    /** A message that waits for longer is late. */
    static final int LATE_MINUTES = 10;
    private static final double FEW = 0.01;

    private final int[] open;
    private final int[] arrivals;
    private final List<Integer> incidents = new ArrayList<>();
    private final List<Integer> recoveries = new ArrayList<>();
    private long late;
    private int minute;

    Lateness(int minutes) {
        this.open = new int[minutes + 2];
        this.arrivals = new int[minutes + 2];
    }

    void arrived(int at) {
        open[at]++;
        arrivals[at]++;
    }

    void done(int arrivedAt) {
        open[arrivedAt]--;
        if (arrivedAt <= minute - LATE_MINUTES) {
            late--;
        }
    }

    /** Trouble ended or will end in this minute. */
    void incident(int end) {
        if (!incidents.contains(end) && end < open.length) {
            incidents.add(end);
        }
    }

    /** A minute is over. */
    void tick(int now) {
        minute = now;
        if (now >= LATE_MINUTES && now - LATE_MINUTES < open.length) {
            late += open[now - LATE_MINUTES];
        }
        if (late <= Math.max(5, FEW * lastHour(now))) {
            recover(now);
        }
    }

    private void recover(int now) {
        for (int i = incidents.size() - 1; i >= 0; i--) {
            if (incidents.get(i) <= now) {
                recoveries.add(now - incidents.remove(i));
            }
        }
    }

    private long lastHour(int now) {
        long sum = 0;
        for (int i = Math.max(0, now - 60); i < Math.min(now, arrivals.length); i++) {
            sum += arrivals[i];
        }
        return sum;
    }

    /** Minutes from the end of each incident until nearly nothing was late; what has not recovered counts as if it did at the end. */
    List<Integer> recoveries() {
        List<Integer> all = new ArrayList<>(recoveries);
        incidents.stream().filter(end -> end <= minute).forEach(end -> all.add(minute - end));
        return all;
    }
}
