package dev.dromedary.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures for people: few digits, with their unit. What is not known is a dash. */
public final class Figures {
    public static final String NONE = "–";
    private static final String[] SIZES = {"bytes", "KB", "MB", "GB", "TB", "PB"};

    private Figures() {
    }

    public static String text(@Nullable Double value, String unit) {
        if (value == null || !Double.isFinite(value)) {
            return NONE;
        }
        if (unit.equals("bytes")) {
            int power = (int) Math.max(0, Math.min(SIZES.length - 1, Math.log10(Math.max(1, Math.abs(value))) / 3));
            return plain(value / Math.pow(1000, power)) + " " + SIZES[power];
        }
        return plain(value) + (unit.isEmpty() || unit.equals("0 to 1") ? "" : " " + unit);
    }

    /** Three digits that say something, thousands apart. */
    public static String plain(@Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            return NONE;
        }
        double size = Math.abs(value);
        int digits = size == 0 || size == Math.rint(size) && size < 1e15 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    public static String percent(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, value != 0 && value < 10 ? "%.2f %%" : "%.1f %%", value) : NONE;
    }
}
