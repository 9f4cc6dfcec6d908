package dev.dromedary.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The seed's words for a score; a score at a bound is in the better band. */
public enum HealthBand {
    EXCELLENT(0.9), GOOD(0.8), FAIR(0.6), POOR(0.4), CRITICAL(0), UNKNOWN(Double.NaN);

    private final double from;

    HealthBand(double from) {
        this.from = from;
    }

    static HealthBand of(@Nullable Double score) {
        for (HealthBand band : values()) {
            if (score != null && score >= band.from) {
                return band;
            }
        }
        return UNKNOWN;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
