package dev.dromedary.reputation;

/**
 * The score interval of a share (E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22, 1927): sound for small
 * counts and rare events, and never outside 0 to 1. Counts may be fractions, as decayed ones are.
 */
final class Wilson {
    private Wilson() {
    }

    /** @param z standard deviations, such as 1.96 for 95 % */
    static double low(double bad, double of, double z) {
        return of <= 0 || bad <= 0 ? 0 : bound(bad / of, of, z, -1);
    }

    static double high(double bad, double of, double z) {
        return of <= 0 || bad >= of ? 1 : bound(bad / of, of, z, 1);
    }

    private static double bound(double share, double of, double z, int side) {
        double square = z * z / of;
        double middle = share + square / 2;
        double half = z * Math.sqrt((share * (1 - share) + square / 4) / of);
        return Math.min(1, Math.max(0, (middle + side * half) / (1 + square)));
    }
}
