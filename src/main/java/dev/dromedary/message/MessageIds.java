package dev.dromedary.message;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Makes ids that sort by the time they were made: 48 bits of milliseconds and 80 random bits, which count up within a millisecond, in 26
 * lower-case digits of Crockford's base 32. Unique across nodes by their random part; those of one instance strictly ascend, even where
 * the clock steps back. Thread-safe.
 */
public final class MessageIds {
    private static final int LENGTH = 26;
    private static final int LONGEST = 200;
    private static final int DIGIT_BITS = 5;
    private static final int DIGIT_MASK = 31;
    private static final int RANDOM_BITS_ABOVE = 16;
    private static final long RANDOM_MASK_ABOVE = 0xFFFF;
    private static final byte[] DIGITS = Ascii.bytes("0123456789abcdefghjkmnpqrstvwxyz");

    private final InstantSource clock;
    private final RandomGenerator random;
    private long lastMillis = -1;
    private long high;
    private long low;

    public MessageIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public String next() {
        long above;
        long below;
        synchronized (this) {
            advance(clock.millis());
            above = high;
            below = low;
        }
        return digits(above, below);
    }

    /** True for 1-200 characters of {@code A-Z a-z 0-9 . _ - + = @ :}, which is what a submitter's own id may hold. */
    public static boolean valid(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!Ascii.isLetterOrDigit(c) && "._-+=@:".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private void advance(long now) {
        if (now > lastMillis) {
            lastMillis = now;
            high = now << RANDOM_BITS_ABOVE | random.nextLong() & RANDOM_MASK_ABOVE;
            low = random.nextLong();
        } else if (++low == 0) {
            high++;
            // The carry may have run into the milliseconds: then they are ahead of the clock, and must not be used anew.
            lastMillis = high >>> RANDOM_BITS_ABOVE;
        }
    }

    private static String digits(long high, long low) {
        var out = new byte[LENGTH];
        long above = high;
        long below = low;
        for (int i = LENGTH - 1; i >= 0; i--) {
            out[i] = DIGITS[(int) below & DIGIT_MASK];
            below = below >>> DIGIT_BITS | above << Long.SIZE - DIGIT_BITS;
            above >>>= DIGIT_BITS;
        }
        return new String(out, StandardCharsets.ISO_8859_1);
    }
}
