package dev.dromedary.isolation;

/** A hash of which few bits differ where few of many features differ. */
final class SimHash {
    private final int[] bits = new int[Long.SIZE];

    void add(long feature) {
        // The finalizer of MurmurHash3, so that each bit depends on all of the feature.
        long h = feature;
        h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        h ^= h >>> 33;
        for (int i = 0; i < Long.SIZE; i++) {
            bits[i] += (int) (h >>> i & 1) * 2 - 1;
        }
    }

    long value() {
        long value = 0;
        for (int i = 0; i < Long.SIZE; i++) {
            value |= bits[i] > 0 ? 1L << i : 0;
        }
        return value;
    }

    static int distance(long a, long b) {
        return Long.bitCount(a ^ b);
    }
}
