package dev.dromedary.smtp;

import java.util.concurrent.ArrayBlockingQueue;

/**
 * A few buffers for writing messages, shared by all conversations: most of them wait for a reply at any time and need none, so a
 * buffer for each would be memory for nothing. Thread-safe.
 */
final class BufferShelf {
    static final int SIZE = 16 * 1024;
    private static final int KEPT = 32;
    private final ArrayBlockingQueue<byte[]> shelf = new ArrayBlockingQueue<>(KEPT);

    byte[] take() {
        byte[] kept = shelf.poll();
        return kept == null ? new byte[SIZE] : kept;
    }

    void giveBack(byte[] buffer) {
        shelf.offer(buffer);
    }
}
