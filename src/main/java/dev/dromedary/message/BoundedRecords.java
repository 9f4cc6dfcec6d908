package dev.dromedary.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into lines, or into CSV records, whose line breaks may stand in quotes (RFC 4180). Holds one at a time, and of that no more than the bound. */
public final class BoundedRecords implements AutoCloseable {
    private final InputStream input;
    private final int maxLength;
    private final boolean quotes;
    private final byte[] buffer = new byte[8192];
    private int next;
    private int end;
    private long line;

    public BoundedRecords(InputStream input, int maxLength, boolean quotes) {
        if (maxLength < 1) {
            throw new IllegalArgumentException("maxLength " + maxLength + ": give 1 or more octets");
        }
        this.input = input;
        this.maxLength = maxLength;
        this.quotes = quotes;
    }

    /**
     * @param line   where it begins, from 1
     * @param length its octets, which may be more than were kept
     * @param bytes  it, without its line end; cut at the bound
     */
    public record Cut(long line, long length, byte[] bytes) {
        public boolean tooLong() {
            return length > bytes.length;
        }

        boolean isBlank() {
            for (byte octet : bytes) {
                if (octet != ' ' && octet != '\t') {
                    return false;
                }
            }
            return true;
        }
    }

    /** The next one that is not blank, or null at the end. */
    public @Nullable Cut next() throws IOException {
        Cut cut = cut();
        while (cut != null && cut.isBlank() && !cut.tooLong()) {
            cut = cut();
        }
        return cut;
    }

    private @Nullable Cut cut() throws IOException {
        int octet = read();
        if (octet < 0) {
            return null;
        }
        long first = ++line;
        var kept = new ByteArrayOutputStream();
        long length = 0;
        boolean quoted = false;
        int last = -1;
        for (; octet >= 0 && (octet != '\n' || quoted); octet = read()) {
            if (octet == '\n') {
                line++;
            }
            quoted ^= quotes && octet == '"';
            length++;
            last = octet;
            if (kept.size() < maxLength) {
                kept.write(octet);
            }
        }
        boolean whole = kept.size() == length;
        byte[] bytes = kept.toByteArray();
        if (last == '\r') {
            length--;
            bytes = whole ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
        }
        return new Cut(first, length, bytes);
    }

    private int read() throws IOException {
        if (next == end) {
            end = Math.max(0, input.read(buffer));
            next = 0;
            if (end == 0) {
                return -1;
            }
        }
        return buffer[next++] & 0xff;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
