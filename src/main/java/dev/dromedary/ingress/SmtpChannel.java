package dev.dromedary.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one client. Replies wait in a buffer until there is nothing more to read, so that a pipelined group of commands is
 * answered in one packet (RFC 2920). For its conversation's
 * thread only, but for {@link #expire}, {@link #stopReading} and {@link #abort}.
 */
final class SmtpChannel {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpChannel.class);
    /** RFC 4954 section 4.5 wants 12,288 octets for AUTH; section 4.5.3.1 of RFC 5321 and the extensions offered want fewer. */
    static final int LINE_LIMIT = 12_288;
    private static final int INPUT_CAPACITY = 16 * 1024;
    private static final int OUTPUT_CAPACITY = 2 * 1024;
    /** An endless line is no mistake of a mail client. */
    private static final int DISCARD_LIMIT = 1024 * 1024;
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Duration idle;
    private final Socket transport;
    private final SmtpDeadline reading = new SmtpDeadline();
    private final SmtpDeadline writing = new SmtpDeadline();
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private final byte[] input = new byte[INPUT_CAPACITY];
    private int position;
    private int limit;
    private final byte[] output = new byte[OUTPUT_CAPACITY];
    private int pending;

    SmtpChannel(Socket socket, Duration idle) throws IOException {
        this.idle = idle;
        this.transport = socket;
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    InetAddress remote() {
        return socket.getInetAddress();
    }

    boolean encrypted() {
        return socket instanceof SSLSocket;
    }

    boolean hasBuffered() {
        return position < limit;
    }

    /**
     * The next line without its CRLF, or null at the end of the stream.
     *
     * @throws SmtpReplyException when the line is too long, not ended by CRLF, or holds control characters or broken UTF-8
     */
    @Nullable String readLine() throws IOException, SmtpReplyException {
        long deadline = SmtpDeadline.in(idle);
        int scanned = position;
        while (true) {
            for (int i = scanned; i < limit; i++) {
                if (input[i] == '\n') {
                    int start = position;
                    position = i + 1;
                    return line(start, i);
                }
            }
            scanned = limit;
            if (limit - position >= LINE_LIMIT) {
                return discardLine(deadline);
            }
            int shift = position;
            if (!fill(deadline)) {
                return null;
            }
            scanned -= shift - position;
        }
    }

    private String line(int start, int lf) throws SmtpReplyException {
        if (lf == start || input[lf - 1] != '\r') {
            throw new SmtpReplyException(500, "5.5.2", "End command lines with CRLF");
        }
        int end = lf - 1;
        boolean ascii = true;
        for (int i = start; i < end; i++) {
            if (input[i] >= 0 && input[i] < ' ' && input[i] != '\t' || input[i] == 127) {
                throw new SmtpReplyException(500, "5.5.2", "Control character in command line");
            }
            ascii &= input[i] >= 0;
        }
        return ascii ? new String(input, start, end - start, StandardCharsets.ISO_8859_1) : decode(start, end);
    }

    private String decode(int start, int end) throws SmtpReplyException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(input, start, end - start)).toString();
        } catch (CharacterCodingException e) {
            throw new SmtpReplyException(500, "5.5.2", "Command line is not UTF-8");
        }
    }

    private @Nullable String discardLine(long deadline) throws IOException, SmtpReplyException {
        var tooLong = SmtpAnswer.of(500, "5.5.2", "Command line too long");
        int discarded = 0;
        while (true) {
            for (int i = position; i < limit; i++) {
                if (input[i] == '\n') {
                    position = i + 1;
                    throw new SmtpReplyException(tooLong);
                }
            }
            discarded += discardBuffered();
            if (discarded > DISCARD_LIMIT) {
                throw new SmtpReplyException(tooLong.thenClose());
            }
            if (!fill(deadline)) {
                return null;
            }
        }
    }

    /** Feeds the body up to the end of data. False where the stream ends first, or where the client goes on for too long. */
    boolean readData(SmtpBody body, long octetLimit) throws IOException {
        var endOfData = new SmtpEndOfData();
        while (body.seen() <= octetLimit) {
            int end = endOfData.take(input, position, limit, body);
            if (end >= 0) {
                position = end;
                return true;
            }
            discardBuffered();
            if (!fill(SmtpDeadline.in(idle))) {
                return false;
            }
        }
        return false;
    }

    /** Reads once, after everything written so far is on its way. False at the end of the stream. */
    private boolean fill(long deadline) throws IOException {
        flush();
        if (position == limit) {
            position = 0;
            limit = 0;
        } else if (limit == input.length) {
            System.arraycopy(input, position, input, 0, limit - position);
            limit -= position;
            position = 0;
        }
        int count = readOnce(deadline);
        limit += Math.max(0, count);
        return count >= 0;
    }

    private int readOnce(long deadline) throws IOException {
        reading.begin(deadline);
        try {
            return in.read(input, limit, input.length - limit);
        } finally {
            reading.end();
        }
    }

    private int discardBuffered() {
        int count = limit - position;
        position = 0;
        limit = 0;
        return count;
    }

    void write(SmtpAnswer answer) throws IOException {
        byte[] bytes = answer.bytes();
        if (pending + bytes.length > output.length) {
            flush();
        }
        if (bytes.length > output.length) {
            send(bytes, bytes.length);
            return;
        }
        System.arraycopy(bytes, 0, output, pending, bytes.length);
        pending += bytes.length;
    }

    void flush() throws IOException {
        if (pending > 0) {
            int count = pending;
            pending = 0;
            send(output, count);
        }
    }

    private void send(byte[] bytes, int count) throws IOException {
        writing.begin(SmtpDeadline.in(idle));
        try {
            out.write(bytes, 0, count);
        } finally {
            writing.end();
        }
    }

    /** Starts TLS and forgets what came in the clear behind STARTTLS: RFC 3207 section 4.2, and nobody's word that it was the client's. */
    void encrypt(SSLContext context) throws IOException {
        flush();
        discardBuffered();
        var encrypted = (SSLSocket) context.getSocketFactory().createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        encrypted.setUseClientMode(false);
        writing.begin(SmtpDeadline.in(idle));
        try {
            encrypted.startHandshake();
        } finally {
            writing.end();
        }
        socket = encrypted;
        in = encrypted.getInputStream();
        out = encrypted.getOutputStream();
    }

    /**
     * Waits a little for the client to close, so that the last reply arrives: a close with unread input resets the connection and may take
     * the reply with it.
     */
    void awaitClose() throws IOException {
        if (encrypted()) {
            return;
        }
        socket.shutdownOutput();
        long deadline = SmtpDeadline.in(LINGER);
        try {
            do {
                discardBuffered();
            } while (fill(deadline));
        } catch (SocketTimeoutException e) {
            LOG.debug("{} did not close after its last reply", remote());
        }
    }

    void closeNow() throws IOException {
        writing.begin(SmtpDeadline.in(idle));
        try {
            socket.close();
        } finally {
            writing.end();
        }
    }

    /** Ends a wait that is overdue: one for input so that a last reply can still be given, one for output at once. */
    void expire(long now) {
        if (writing.expire(now)) {
            abort();
        } else if (reading.expire(now)) {
            stopReading();
        }
    }

    /** Lets the conversation's thread see the end of the stream, now or at its next read. */
    void stopReading() {
        try {
            transport.shutdownInput();
        } catch (IOException e) {
            abort();
        }
    }

    void abort() {
        try {
            transport.close();
        } catch (IOException e) {
            // Closed is what it was to become.
        }
    }
}
