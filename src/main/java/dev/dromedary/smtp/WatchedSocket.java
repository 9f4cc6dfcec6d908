package dev.dromedary.smtp;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose peer cannot hold its caller for longer, or make it keep more, than agreed: a reply has to be complete in time
 * (a read timeout alone lets a byte now and then hold a thread for ever), replies are bounded in size, and writes in time.
 *
 * <p>Used by one thread at a time, except for {@link #abort} and {@link #abortWriteOlderThan}.
 */
final class WatchedSocket extends Socket {
    /** Far above any honest reply, EHLO and the records of a TLS handshake included. */
    static final int REPLY_LIMIT = 64 * 1024;
    private static final long NOT_WRITING = Long.MIN_VALUE;

    private final WriteWatch watch;
    private @Nullable InputStream input;
    private @Nullable OutputStream output;
    private @Nullable SSLSocket secured;
    private int replyTimeoutMillis;
    private int setTimeoutMillis = -1;
    private long replyDeadline;
    private int replyBytes;
    private volatile long writingSince = NOT_WRITING;
    private volatile boolean writeTimedOut;

    WatchedSocket(WriteWatch watch, Duration replyTimeout) {
        this.watch = watch;
        replyWithin(replyTimeout);
        watch.add(this);
    }

    /** How long the peer may take for each reply from now on. */
    void replyWithin(Duration timeout) {
        replyTimeoutMillis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toMillis()));
        awaitReply();
    }

    /** Starts time and size of the next reply. */
    void awaitReply() {
        replyDeadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(replyTimeoutMillis);
        replyBytes = 0;
    }

    /** Tells of the TLS layer that was put over this socket. */
    void securedBy(SSLSocket layer) {
        secured = layer;
    }

    boolean isSecured() {
        return secured != null;
    }

    /** Where the bytes of a conversation go: through TLS where there is TLS. */
    OutputStream outermostOutput() throws IOException {
        SSLSocket layer = secured;
        return layer == null ? getOutputStream() : layer.getOutputStream();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream in = input;
        if (in == null) {
            in = new BoundedInput(super.getInputStream());
            input = in;
        }
        return in;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream out = output;
        if (out == null) {
            out = new BoundedOutput(super.getOutputStream());
            output = out;
        }
        return out;
    }

    @Override
    public void close() throws IOException {
        watch.remove(this);
        super.close();
    }

    /** Closes without a word to the peer and without waiting for anything. */
    void abort() {
        try {
            close();
        } catch (IOException e) {
            // Nothing is left to be done with it.
        }
    }

    void abortWriteOlderThan(long now, long timeoutNanos) {
        long since = writingSince;
        if (since != NOT_WRITING && now - since > timeoutNanos) {
            writeTimedOut = true;
            abort();
        }
    }

    private final class BoundedInput extends InputStream {
        private final InputStream in;

        BoundedInput(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            boundWait();
            int read = in.read(target, offset, length);
            replyBytes += Math.max(0, read);
            if (replyBytes > REPLY_LIMIT) {
                throw new IOException("reply over " + REPLY_LIMIT + " bytes");
            }
            return read;
        }

        private void boundWait() throws IOException {
            long left = replyDeadline - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("no complete reply within " + replyTimeoutMillis + " ms");
            }
            int millis = (int) TimeUnit.NANOSECONDS.toMillis(left) + 1;
            int timeout = Math.min(millis, replyTimeoutMillis);
            if (timeout != setTimeoutMillis) {
                setSoTimeout(timeout);
                setTimeoutMillis = timeout;
            }
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            WatchedSocket.this.close();
        }
    }

    private final class BoundedOutput extends FilterOutputStream {

        BoundedOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writingSince = System.nanoTime();
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw writeTimedOut ? new SocketTimeoutException("write timed out") : e;
            } finally {
                writingSince = NOT_WRITING;
                awaitReply();
            }
        }

        @Override
        public void close() throws IOException {
            WatchedSocket.this.close();
        }
    }
}
