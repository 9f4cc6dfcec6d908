package dev.dromedary.sent;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A record as bytes: a mark to find its beginning by, its length, its CRC-32C (RFC 3720 section 12.1), and its fields. Numbers are
 * big-endian.
 */
final class SentRecordCodec {
    /** "DSL1": also says which form the rest has. */
    static final int MARK = 0x44534c31;
    static final int HEADER = 12;
    private static final int FIXED = 1 + 8 + 4 + 8 + 4 + 4 + 2;
    private static final int MAX_TEXT = 0xfffe;
    private static final int NO_TEXT = 0xffff;
    private static final int LONGEST = FIXED + 4 * (2 + MAX_TEXT);

    private SentRecordCodec() {
    }

    static byte[] encode(SentRecord record) {
        byte[] id = bytes(record.key().id());
        byte[] pool = bytes(record.pool());
        byte[] enhanced = record.enhanced() == null ? null : bytes(record.enhanced());
        byte[] text = bytes(record.text());
        int length = FIXED + 8 + id.length + pool.length + (enhanced == null ? 0 : enhanced.length) + text.length;
        ByteBuffer out = ByteBuffer.allocate(HEADER + length);
        out.putInt(MARK).putInt(length).putInt(0);
        out.put(record.kind().number());
        out.putLong(record.key().acceptedAt().getEpochSecond()).putInt(record.key().acceptedAt().getNano());
        out.putLong(record.at().toEpochMilli()).putInt(record.key().attempt()).putInt(record.tookMillis()).putShort((short) record.code());
        put(out, id);
        put(out, pool);
        put(out, enhanced);
        put(out, text);
        return out.putInt(8, checksum(out.array(), HEADER, length)).array();
    }

    /** Reads the record at the buffer's position and moves behind it; null, and not moved, where there is no whole and sound one. */
    static @Nullable SentRecord decode(ByteBuffer in) {
        if (in.remaining() < HEADER || in.getInt(in.position()) != MARK) {
            return null;
        }
        int length = in.getInt(in.position() + 4);
        if (length < FIXED + 8 || length > LONGEST || length > in.remaining() - HEADER) {
            return null;
        }
        ByteBuffer fields = in.slice(in.position() + HEADER, length);
        byte[] content = new byte[length];
        fields.get(0, content);
        if (checksum(content, 0, length) != in.getInt(in.position() + 8)) {
            return null;
        }
        SentRecord record = fields(fields);
        if (record != null) {
            in.position(in.position() + HEADER + length);
        }
        return record;
    }

    private static @Nullable SentRecord fields(ByteBuffer in) {
        try {
            SentRecord.Kind kind = SentRecord.Kind.of(in.get());
            Instant acceptedAt = Instant.ofEpochSecond(in.getLong(), in.getInt());
            Instant at = Instant.ofEpochMilli(in.getLong());
            int attempt = in.getInt();
            int took = in.getInt();
            int code = in.getShort();
            String id = text(in);
            String pool = text(in);
            String enhanced = text(in);
            String text = text(in);
            return kind == null || id == null || pool == null || text == null ? null
                    : new SentRecord(new SentKey(id, attempt, acceptedAt), kind, pool, code, enhanced, text, took, at);
        } catch (BufferUnderflowException | DateTimeException e) {
            return null;
        }
    }

    private static byte[] bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_TEXT) {
            throw new IllegalArgumentException("a text of " + bytes.length + " octets; " + MAX_TEXT + " is the most");
        }
        return bytes;
    }

    private static void put(ByteBuffer out, byte @Nullable [] text) {
        if (text == null) {
            out.putShort((short) NO_TEXT);
        } else {
            out.putShort((short) text.length).put(text);
        }
    }

    private static @Nullable String text(ByteBuffer in) {
        int length = Short.toUnsignedInt(in.getShort());
        if (length == NO_TEXT) {
            return null;
        }
        byte[] bytes = new byte[Math.min(length, in.remaining() + 1)];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
