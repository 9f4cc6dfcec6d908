package dev.dromedary.suppression;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of address and stream, each with its end, in 25 to 50 bytes: not the texts are kept but 128 bits of their SHA-256, and no two pairs
 * will ever share those. Ends are kept to the second. Safe for use by many threads; its parts are locked one by one, so that readers
 * hardly ever meet.
 */
final class SuppressionIndex {
    /** So many that no part becomes an array of half a megabyte, which the collector would round up to a whole one. */
    private static final int PARTS = 1_024;
    /** Streams are few; of strangers, no more than so many are remembered. */
    private static final int STREAMS = 10_000;
    /** Seconds since 1970, unsigned: to the year 2106. */
    private static final int FOR_EVER = -1;
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(SuppressionIndex::sha256);
    private final Part[] parts = new Part[PARTS];
    private final Map<String, Key> streams = new ConcurrentHashMap<>();

    SuppressionIndex() {
        Arrays.setAll(parts, i -> new Part());
    }

    /** True where the address is there for this stream or for every stream, which is the empty one. */
    boolean contains(String address, String stream, Instant now) {
        Key any = Key.of(address);
        if (part(any).stands(any, now.getEpochSecond())) {
            return true;
        }
        Key key = key(any, stream);
        return part(key).stands(key, now.getEpochSecond());
    }

    /** Adds it or replaces its end. */
    void put(String address, String stream, @Nullable Instant end) {
        Key key = key(Key.of(address), stream);
        part(key).put(key, seconds(end), false);
    }

    /** Adds it, or lengthens it where it ends before. */
    void extend(String address, String stream, @Nullable Instant end) {
        Key key = key(Key.of(address), stream);
        part(key).put(key, seconds(end), true);
    }

    void remove(String address, String stream) {
        Key key = key(Key.of(address), stream);
        part(key).remove(key);
    }

    int size() {
        return Arrays.stream(parts).mapToInt(Part::size).sum();
    }

    private Part part(Key key) {
        return parts[(int) (key.high >>> 54)];
    }

    private static int seconds(@Nullable Instant end) {
        return end == null ? FOR_EVER : (int) Math.max(0, Math.min(end.getEpochSecond(), 0xffff_fffeL));
    }

    private Key key(Key address, String stream) {
        if (stream.isEmpty()) {
            return address;
        }
        Key mixed = streams.get(stream);
        if (mixed == null) {
            mixed = Key.of('\0' + stream);
            if (streams.size() < STREAMS) {
                streams.put(stream, mixed);
            }
        }
        return address.with(mixed);
    }

    private record Key(long high, long low) {
        static Key of(String text) {
            ByteBuffer digest = ByteBuffer.wrap(SHA_256.get().digest(text.getBytes(StandardCharsets.UTF_8)));
            return marked(digest.getLong(), digest.getLong());
        }

        Key with(Key other) {
            return marked(high ^ other.high, low ^ other.low);
        }

        /** A zero marks a free place. */
        private static Key marked(long high, long low) {
            return new Key(high | 1, low);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A hash table with open addressing; what follows a removed entry moves up, so that no marks of removed ones pile up. */
    private static final class Part {
        private long[] keys = new long[16];
        private int[] ends = new int[8];
        private int size;

        synchronized int size() {
            return size;
        }

        synchronized boolean stands(Key key, long now) {
            int at = find(key);
            return isTaken(at) && (ends[at] == FOR_EVER || Integer.toUnsignedLong(ends[at]) > now);
        }

        synchronized void put(Key key, int end, boolean onlyLater) {
            int at = find(key);
            if (isTaken(at)) {
                ends[at] = onlyLater && Integer.compareUnsigned(ends[at], end) > 0 ? ends[at] : end;
                return;
            }
            if (size >= ends.length * 4 / 5) {
                grow();
                at = find(key);
            }
            set(at, key.high, key.low, end);
            size++;
        }

        synchronized void remove(Key key) {
            int hole = find(key);
            if (!isTaken(hole)) {
                return;
            }
            size--;
            int mask = ends.length - 1;
            for (int next = hole + 1 & mask; isTaken(next); next = next + 1 & mask) {
                int home = home(keys[2 * next + 1]);
                if ((next - home & mask) >= (next - hole & mask)) {
                    set(hole, keys[2 * next], keys[2 * next + 1], ends[next]);
                    hole = next;
                }
            }
            set(hole, 0, 0, 0);
        }

        private int find(Key key) {
            int at = home(key.low);
            while (isTaken(at) && (keys[2 * at] != key.high || keys[2 * at + 1] != key.low)) {
                at = at + 1 & ends.length - 1;
            }
            return at;
        }

        private int home(long low) {
            return (int) low & ends.length - 1;
        }

        private boolean isTaken(int at) {
            return keys[2 * at] != 0;
        }

        private void set(int at, long high, long low, int end) {
            keys[2 * at] = high;
            keys[2 * at + 1] = low;
            ends[at] = end;
        }

        private void grow() {
            long[] oldKeys = keys;
            int[] oldEnds = ends;
            keys = new long[oldKeys.length * 2];
            ends = new int[oldEnds.length * 2];
            for (int i = 0; i < oldEnds.length; i++) {
                if (oldKeys[2 * i] != 0) {
                    set(find(new Key(oldKeys[2 * i], oldKeys[2 * i + 1])), oldKeys[2 * i], oldKeys[2 * i + 1], oldEnds[i]);
                }
            }
        }
    }
}
