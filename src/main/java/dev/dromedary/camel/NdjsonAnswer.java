package dev.dromedary.camel;

import dev.dromedary.message.NdjsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/**
 * The answer to an NDJSON request: a line of it is made when it is asked for, by accepting the next line of the request. So
 * neither request nor answer is ever held whole, and a client may read results while it still sends.
 */
final class NdjsonAnswer extends InputStream {
    private final NdjsonReader lines;
    private final Function<NdjsonReader.Line, byte[]> result;
    private byte[] current = {};
    private int at;

    /** @param result accepts a line and returns its result, ended by a line feed */
    NdjsonAnswer(NdjsonReader lines, Function<NdjsonReader.Line, byte[]> result) {
        this.lines = lines;
        this.result = result;
    }

    @Override
    public int read() {
        return atEnd() ? -1 : current[at++] & 0xff;
    }

    /** Returns one line at most, so that it is sent before the next one is waited for. */
    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (atEnd()) {
            return -1;
        }
        int taken = Math.min(length, current.length - at);
        System.arraycopy(current, at, into, offset, taken);
        at += taken;
        return taken;
    }

    private boolean atEnd() {
        while (at == current.length) {
            if (!lines.hasNext()) {
                return true;
            }
            current = result.apply(lines.next());
            at = 0;
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
