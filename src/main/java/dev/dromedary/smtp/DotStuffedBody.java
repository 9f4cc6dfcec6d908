package dev.dromedary.smtp;

/**
 * A message as DATA takes it (RFC 5321 section 4.5.2): lines that start with a dot get another, the last line ends in CRLF, and a
 * line with one dot follows.
 *
 * <p>A bare CR or LF becomes CRLF, as RFC 5321 section 2.3.8 forbids them and servers that take one for the end of a line could be
 * made to see a second message in the first. All else goes out byte by byte as it came.
 */
final class DotStuffedBody {
    /** The most that one step of {@link #fill} and the end can write. */
    private static final int RESERVE = 16;
    private final byte[] mime;
    private int position;
    private boolean atLineStart = true;
    private boolean finished;

    DotStuffedBody(byte[] mime) {
        this.mime = mime;
    }

    /** True once {@link #fill} has handed out the end of data. */
    boolean finished() {
        return finished;
    }

    /**
     * Hands out the next bytes.
     *
     * @param target at least 32 bytes
     * @return how many bytes of it were filled
     */
    int fill(byte[] target) {
        int limit = target.length - RESERVE;
        int filled = 0;
        while (position < mime.length && filled < limit) {
            byte next = mime[position];
            if (next == '\r' || next == '\n') {
                filled = endLine(target, filled);
                position += next == '\r' && position + 1 < mime.length && mime[position + 1] == '\n' ? 2 : 1;
            } else {
                if (atLineStart && next == '.') {
                    target[filled++] = '.';
                }
                int run = runLength(Math.min(mime.length, position + limit - filled + 1));
                System.arraycopy(mime, position, target, filled, run);
                position += run;
                filled += run;
                atLineStart = false;
            }
        }
        return position < mime.length ? filled : end(target, filled);
    }

    /** Length of what can be copied as it is: up to the end of the line or {@code end}. */
    private int runLength(int end) {
        byte[] bytes = mime;
        int at = position;
        while (at < end && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at - position;
    }

    private int endLine(byte[] target, int filled) {
        target[filled] = '\r';
        target[filled + 1] = '\n';
        atLineStart = true;
        return filled + 2;
    }

    private int end(byte[] target, int filled) {
        int at = atLineStart ? filled : endLine(target, filled);
        target[at] = '.';
        finished = true;
        return endLine(target, at + 1);
    }
}
