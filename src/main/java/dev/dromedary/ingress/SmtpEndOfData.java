package dev.dromedary.ingress;

/**
 * Finds the end of mail data and undoes dot-stuffing (RFC 5321 sections 4.1.1.4 and 4.5.2). Only CRLF.CRLF ends data: a bare CR or LF
 * beside the dot is content, so that no message can hide a second one from us that another server would see, or the other way round.
 */
final class SmtpEndOfData {
    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final byte[] LONE_CR = {CR};

    private enum State { LINE_START, TEXT, TEXT_CR, DOT, DOT_CR }

    private State state = State.LINE_START;

    /**
     * Takes the next octets, up to the end of data if it is among them.
     *
     * @return the index after the final CRLF, or -1 where more is to come
     */
    int take(byte[] bytes, int from, int to, SmtpBody body) {
        int run = from;
        int i = from;
        while (i < to) {
            byte b = bytes[i];
            switch (state) {
                case LINE_START -> {
                    if (b == '.') {
                        body.append(bytes, run, i);
                        run = i + 1;
                        state = State.DOT;
                    } else {
                        state = b == CR ? State.TEXT_CR : State.TEXT;
                    }
                }
                case TEXT -> {
                    i = nextCr(bytes, i, to);
                    if (i == to) {
                        continue;
                    }
                    state = State.TEXT_CR;
                }
                case TEXT_CR -> state = b == LF ? State.LINE_START : b == CR ? State.TEXT_CR : State.TEXT;
                case DOT -> {
                    if (b == CR) {
                        // Held back: whether it is content shows with the next octet.
                        run = i + 1;
                        state = State.DOT_CR;
                    } else {
                        state = State.TEXT;
                    }
                }
                case DOT_CR -> {
                    if (b == LF) {
                        return i + 1;
                    }
                    body.append(LONE_CR, 0, 1);
                    state = b == CR ? State.TEXT_CR : State.TEXT;
                }
            }
            i++;
        }
        body.append(bytes, run, to);
        return -1;
    }

    private static int nextCr(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != CR) {
            i++;
        }
        return i;
    }
}
