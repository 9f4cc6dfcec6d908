package dev.dromedary.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results side by side, for people. */
public final class ResultTable {
    private static final String FORM = "%-12s %11s %8s %7s %7s %10s %7s %10s %10s %9s %9s %9s %7s";

    private ResultTable() {
    }

    public static List<String> lines(List<Result> results) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, FORM, "policy", "accepted", "in 1 h", "median", "p99", "deferrals", "blocks", "refused", "repeated", "twice", "recovery", "warned", "false").stripTrailing());
        for (Result r : results) {
            lines.add(String.format(Locale.ROOT, FORM, r.policy(), number(r.accepted()), String.format(Locale.ROOT, "%.2f %%", r.withinHour() * 100), r.medianMinutes() + " min",
                    r.p99Minutes() + " min", number(r.deferrals()), r.blocks(), number(r.blockedAttempts()), number(r.repeatedAttempts()), number(r.duplicates()),
                    r.longestRecovery() + " min", r.mostLead() == null ? "-" : r.leastLead().equals(r.mostLead()) ? r.leastLead() + " min" : r.leastLead() + "-" + r.mostLead(),
                    String.format(Locale.ROOT, "%.1f/d", r.falseAlarmsADay())));
        }
        return lines;
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
