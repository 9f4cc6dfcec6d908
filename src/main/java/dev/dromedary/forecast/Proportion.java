package dev.dromedary.forecast;

import org.hipparchus.stat.interval.BinomialProportion;
import org.hipparchus.stat.inference.GTest;

/** So many of so many, with the bounds of the share behind it by Wilson's score (E. B. Wilson, 1927), which hold for few and for none. */
public record Proportion(long count, long total) {
    public Proportion {
        if (count < 0 || count > total) {
            throw new IllegalArgumentException(count + " of " + total);
        }
    }

    /** @return NaN of none */
    public double share() {
        return (double) count / total;
    }

    /** @param confidence one-sided, above 0.5 and below 1: the share is below the bound with at most what is left of it. @return 0 of none */
    public double lower(double confidence) {
        return total == 0 ? 0 : BinomialProportion.getWilsonScoreInterval(whole(total), (double) count / total, 2 * confidence - 1).getLowerBound();
    }

    /** @param confidence one-sided, as for {@link #lower}. @return 1 of none */
    public double upper(double confidence) {
        return total == 0 ? 1 : BinomialProportion.getWilsonScoreInterval(whole(total), (double) count / total, 2 * confidence - 1).getUpperBound();
    }

    /** How likely shares at least this different are, were both the same (G-test). @return 1 where one of them has nothing to tell apart */
    public double sameAs(Proportion other) {
        if (total == 0 || other.total == 0 || count + other.count == 0 || count + other.count == total + other.total) {
            return 1;
        }
        // The test takes no bin that is empty on both sides, which the line above rules out.
        return new GTest().gTestDataSetsComparison(new long[] {count, total - count}, new long[] {other.count, other.total - other.count});
    }

    private static int whole(long number) {
        return (int) Math.min(Integer.MAX_VALUE, number);
    }
}
