package dev.dromedary.camel;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an HTTP request as it arrives, a piece at a time: the next one is fetched when the last one was read, so a sender is
 * held back by TCP and a body of any length takes no memory. Camel's own streaming collects the whole body first, without a bound.
 *
 * <p>Read by one thread at a time.
 */
final class RequestStream extends InputStream {
    private static final Buffer END = Buffer.buffer();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration DISCARD_PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 250;
    private static final long DISCARD_LIMIT = 256L << 20;

    private final HttpServerRequest request;
    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private Buffer current = END;
    private int at;
    private boolean ended;

    /** @param request paused, as {@code useBodyHandler=false} hands it over */
    RequestStream(HttpServerRequest request) {
        this.request = request;
        request.exceptionHandler(arrived::add);
        request.endHandler(end -> arrived.add(END));
        request.handler(arrived::add);
        request.fetch(1);
    }

    @Override
    public int read() throws IOException {
        return atEnd(PATIENCE) ? -1 : current.getByte(at++) & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (atEnd(PATIENCE)) {
            return -1;
        }
        int taken = Math.min(length, current.length() - at);
        current.getBytes(at, at + taken, into, offset);
        at += taken;
        return taken;
    }

    private boolean atEnd(Duration patience) throws IOException {
        while (!ended && at == current.length()) {
            current = next(patience);
            at = 0;
            ended = current == END;
            if (!ended) {
                request.fetch(1);
            }
        }
        return ended;
    }

    private Buffer next(Duration patience) throws IOException {
        Object next = await(System.nanoTime() + patience.toNanos());
        if (next instanceof Buffer buffer) {
            return buffer;
        }
        ended = true;
        throw next instanceof Throwable fault ? new IOException("the connection broke: " + fault, fault) : new IOException("nothing came for " + patience.toSeconds() + " s");
    }

    /** A connection that broke before anybody listened tells nothing, so it is asked now and then. */
    private @Nullable Object await(long deadline) throws IOException {
        try {
            Object next = arrived.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            while (next == null && System.nanoTime() < deadline) {
                if (request.response().closed()) {
                    return new ClosedChannelException();
                }
                next = arrived.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the request's body", e);
        }
    }

    /** Lets the rest go by, so that a client still sending reads its refusal rather than a broken connection; not for ever. */
    @Override
    public void close() {
        long deadline = System.nanoTime() + DISCARD_PATIENCE.toNanos();
        long gone = 0;
        try {
            while (!atEnd(DISCARD_PATIENCE) && gone < DISCARD_LIMIT && System.nanoTime() < deadline) {
                gone += current.length() - at;
                at = current.length();
            }
        } catch (IOException alreadyGone) {
            ended = true;
        }
    }
}
