package dev.dromedary.alert;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a value is bad. {@code above} says on which side. */
public sealed interface Condition {
    boolean above();

    /**
     * Beyond a fixed value, in the metric's unit.
     *
     * @param clear value at which a warning is over; that of a critical alert is as far from its own threshold
     */
    record Limit(boolean above, @Nullable Double warning, @Nullable Double critical, double clear) implements Condition {
        /** What is past 10 % on the good side of the threshold is clear where nothing else is said. */
        static final double USUAL_GAP = 0.1;

        public static Limit of(boolean above, @Nullable Double warning, @Nullable Double critical, @Nullable Double clear) {
            double first = warning != null ? warning : critical != null ? critical : Double.NaN;
            double gap = USUAL_GAP * Math.abs(first);
            return new Limit(above, warning, critical, clear != null ? clear : above ? first - gap : first + gap);
        }

        private double first() {
            return warning != null ? warning : critical != null ? critical : Double.NaN;
        }

        boolean past(double value, @Nullable Double threshold) {
            return threshold != null && (above ? value > threshold : value < threshold);
        }

        boolean clear(double value) {
            return above ? value <= clear : value >= clear;
        }

        /** Whether a critical alert may be called a warning again. */
        boolean eased(double value) {
            if (critical == null || warning == null) {
                return clear(value);
            }
            double back = critical - (first() - clear);
            return above ? value <= back : value >= back;
        }
    }

    /**
     * Away from what is usual at the hour of the week.
     *
     * @param warning     standard deviations, as {@code critical}
     * @param leastChange share of the usual value that it must be away by at least: 0.5 for a half
     */
    record Unusual(boolean above, double warning, double critical, double leastChange) implements Condition {
    }

    /**
     * On the way to a value.
     *
     * @param limit that it must not reach, in the metric's unit
     * @param warning how far ahead of that, as {@code critical}
     */
    record Ahead(boolean above, double limit, Duration warning, Duration critical) implements Condition {
    }
}
