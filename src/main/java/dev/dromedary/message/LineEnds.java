package dev.dromedary.message;

/** Makes every CR, LF and CRLF a CRLF (RFC 5321 section 2.3.8 lets neither stand alone). */
final class LineEnds {
    private LineEnds() {
    }

    /** The same array where all are CRLF already. */
    static byte[] toCrlf(byte[] bytes) {
        if (areCrlf(bytes)) {
            return bytes;
        }
        var out = new ByteBuilder(bytes.length + bytes.length / 16 + 16);
        copy(bytes, 0, bytes.length, out);
        return out.toBytes();
    }

    static boolean areCrlf(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\n') {
                return false;
            }
            if (b == '\r') {
                i++;
                if (i == bytes.length || bytes[i] != '\n') {
                    return false;
                }
            }
        }
        return true;
    }

    static void copy(byte[] bytes, int start, int end, ByteBuilder out) {
        int run = start;
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (b == '\r' || b == '\n') {
                out.add(bytes, run, i).line();
                i += b == '\r' && i + 1 < end && bytes[i + 1] == '\n' ? 1 : 0;
                run = i + 1;
            }
        }
        out.add(bytes, run, end);
    }
}
