package dev.dromedary.cli.top;

/** A row of bars, the latest on the right, from the first that is known on. Where nothing is known stands a dot, which is not nothing. */
final class Spark {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String GAP = "·";

    private Spark() {
    }

    /** @param values NaN where it is not known; @return at most so many columns, scaled to the highest of those shown */
    static String of(double[] values, int columns) {
        int from = Math.max(0, values.length - columns);
        while (from < values.length && !Double.isFinite(values[from])) {
            from++;
        }
        double most = 0;
        for (int i = from; i < values.length; i++) {
            most = Double.isFinite(values[i]) ? Math.max(most, values[i]) : most;
        }
        var out = new StringBuilder();
        for (int i = from; i < values.length; i++) {
            // What is more than nothing is seen to be: the lowest bar is for nothing only.
            int bar = most <= 0 || values[i] <= 0 ? 0 : 1 + (int) Math.min(BARS.length() - 2, Math.floor(values[i] / most * (BARS.length() - 1)));
            out.append(Double.isFinite(values[i]) ? String.valueOf(BARS.charAt(bar)) : GAP);
        }
        return out.toString();
    }
}
