package dev.dromedary.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes: {@code 512KB} is 512,000 and {@code 1GiB} is 1,073,741,824; a number alone is bytes. */
public final class SizeText {
    static final String FORM = "a whole number with a unit of B, KB, MB, GB, KiB, MiB or GiB, such as 25MB";
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,18})\\s*([a-z]*)");
    private static final Map<String, Long> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("GiB", 1L << 30);
        UNITS.put("GB", 1_000_000_000L);
        UNITS.put("MiB", 1L << 20);
        UNITS.put("MB", 1_000_000L);
        UNITS.put("KiB", 1L << 10);
        UNITS.put("KB", 1_000L);
        UNITS.put("B", 1L);
    }

    private SizeText() {
    }

    /** @throws IllegalArgumentException with what to write instead */
    public static long parse(String text) {
        Matcher matcher = SHAPE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw BadValue.write(FORM);
        }
        long unit = unit(matcher.group(2));
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
        } catch (ArithmeticException tooLarge) {
            throw BadValue.outside("a smaller size");
        }
    }

    private static long unit(String name) {
        if (name.isEmpty()) {
            return 1;
        }
        for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
            if (unit.getKey().equalsIgnoreCase(name)) {
                return unit.getValue();
            }
        }
        throw BadValue.write(FORM);
    }

    /** The text with the smallest number that says the size exactly. */
    public static String print(long bytes) {
        for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
            if (bytes != 0 && bytes % unit.getValue() == 0) {
                return bytes / unit.getValue() + unit.getKey();
            }
        }
        return bytes + "B";
    }
}
