package dev.dromedary.ingress;

import java.util.Arrays;

/** The content of one message as it comes in, held back from growing over its limit or over the memory all conversations share. */
final class SmtpBody implements AutoCloseable {
    private static final int FIRST_CAPACITY = 8 * 1024;
    private static final int TRUSTED_CAPACITY = 1024 * 1024;

    private final SmtpMemory memory;
    private final long limit;
    private byte[] bytes;
    private int length;
    private long reserved;
    private long seen;
    private boolean starved;

    /** @param declared the client's own count, 0 for none: taken for a first guess only */
    SmtpBody(SmtpMemory memory, long limit, long declared) {
        this.memory = memory;
        this.limit = Math.min(limit, Integer.MAX_VALUE - 64);
        this.bytes = new byte[declared == 0 ? FIRST_CAPACITY : (int) Math.min(declared + 64, TRUSTED_CAPACITY)];
    }

    void append(byte[] source, int from, int to) {
        int count = to - from;
        seen += count;
        if (count == 0 || starved || tooLarge()) {
            return;
        }
        if (length + count > bytes.length && !grow(length + count)) {
            starved = true;
            return;
        }
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    private boolean grow(int needed) {
        int capacity = (int) Math.min(Math.max(needed, 2L * bytes.length), limit);
        long more = capacity - Math.max(reserved, TRUSTED_CAPACITY);
        if (more > 0) {
            if (!memory.reserve(more)) {
                return false;
            }
            reserved = capacity;
        }
        bytes = Arrays.copyOf(bytes, capacity);
        return true;
    }

    boolean tooLarge() {
        return seen > limit;
    }

    /** True where the shared memory did not allow for it: the same message may fit later. */
    boolean starved() {
        return starved;
    }

    /** Octets seen, kept or not. */
    long seen() {
        return seen;
    }

    /** RFC 6152 section 3 and RFC 5322 section 2: NUL is no part of a message, and software disagrees about what it does to a line end. */
    boolean holdsNul() {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    byte[] content() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    @Override
    public void close() {
        memory.release(Math.max(0, reserved - TRUSTED_CAPACITY));
        reserved = 0;
    }
}
