package dev.dromedary.report;

import java.util.Arrays;
import java.util.List;

/**
 * The seed's own arithmetic of its health score ({@code _calculate_health_score}), flaws and all, and the data of its demonstration. Only here, to hold the
 * production's score against: that the latter gives the same where the seed's is sound.
 */
final class SeedHealth {
    static final double BASELINE_THROUGHPUT = 100;
    static final double BASELINE_LATENCY = 1_000;

    private SeedHealth() {
    }

    record Factors(double throughput, double errors, double latency, double reputation) {
        double score() {
            return throughput * 0.30 + errors * 0.25 + latency * 0.20 + reputation * 0.25;
        }
    }

    static Factors factors(double[] throughput, double[] errors, double[] latency, double[] reputation) {
        return new Factors(
                Math.min(1.0, mean(last(throughput, 10)) / BASELINE_THROUGHPUT),
                Math.max(0, 1.0 - mean(last(errors, 10)) / 10.0),
                Math.max(0, 1.0 - (mean(last(latency, 10)) - BASELINE_LATENCY) / BASELINE_LATENCY),
                mean(last(reputation, 5)));
    }

    static String status(double score) {
        return score >= 0.9 ? "excellent" : score >= 0.8 ? "good" : score >= 0.6 ? "fair" : score >= 0.4 ? "poor" : "critical";
    }

    /** Of each of the four, the hundred values that the seed's demonstration records. */
    static List<double[]> demonstration() {
        double[][] out = new double[4][100];
        for (int i = 0; i < 100; i++) {
            out[0][i] = 80 + i % 20;
            out[1][i] = 2.5 + i % 3;
            out[2][i] = 1000 + i * 10;
            out[3][i] = 0.95 - i * 0.001;
        }
        return List.of(out);
    }

    static double[] last(double[] values, int most) {
        return Arrays.copyOfRange(values, Math.max(0, values.length - most), values.length);
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
