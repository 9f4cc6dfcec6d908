package dev.dromedary.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of a message in the making: what ByteArrayOutputStream does, without its locks and with text. */
final class ByteBuilder {
    private static final int HEX = 16;
    private byte[] bytes;
    private int length;

    ByteBuilder(int expected) {
        bytes = new byte[expected];
    }

    ByteBuilder add(int value) {
        if (length == bytes.length) {
            grow(1);
        }
        bytes[length++] = (byte) value;
        return this;
    }

    ByteBuilder add(byte[] from, int start, int end) {
        int count = end - start;
        if (count > bytes.length - length) {
            grow(count);
        }
        System.arraycopy(from, start, bytes, length, count);
        length += count;
        return this;
    }

    ByteBuilder add(byte[] from) {
        return add(from, 0, from.length);
    }

    ByteBuilder add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    ByteBuilder line(String text) {
        return add(text).line();
    }

    ByteBuilder line() {
        return add('\r').add('\n');
    }

    /** Two upper-case digits. */
    ByteBuilder hex(int value) {
        return add(digit(value >> 4 & HEX - 1)).add(digit(value & HEX - 1));
    }

    boolean endsLine() {
        return length > 0 && bytes[length - 1] == '\n';
    }

    byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void grow(int count) {
        bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), bytes.length + (bytes.length >> 1) + HEX));
    }

    private static char digit(int value) {
        return Character.toUpperCase(Character.forDigit(value, HEX));
    }
}
