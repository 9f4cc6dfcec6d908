package dev.dromedary.ingress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Speaks SMTP octet by octet, as a test needs it and no library allows it. */
public final class SmtpTestClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private Socket socket;

    /** Connects and does not wait for the greeting. */
    public SmtpTestClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    SmtpTestClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** Connects, reads the greeting and says EHLO. */
    public static SmtpTestClient greeted(int port) throws IOException {
        var client = new SmtpTestClient(port);
        client.reply();
        client.ask("EHLO client.test");
        return client;
    }

    public void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends one command line and returns its reply. */
    public String ask(String command) throws IOException {
        send(command + "\r\n");
        return reply();
    }

    /** The next reply, its lines joined by LF; "closed" at the end of the stream. */
    public String reply() throws IOException {
        var reply = new StringBuilder();
        while (true) {
            String line = line();
            reply.append(line);
            if (line.equals("closed") || line.length() < 4 || line.charAt(3) != '-') {
                return reply.toString();
            }
            reply.append('\n');
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                return "closed";
            }
            if (b == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                if (!text.endsWith("\r")) {
                    throw new IOException("reply line without CRLF: " + text);
                }
                return text.substring(0, text.length() - 1);
            }
            line.write(b);
        }
    }

    /** Everything the server still says until it closes, as lines. */
    public String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** MAIL, RCPT and DATA, each awaited; then the text and the final dot. */
    public String submit(String from, String to, String content) throws IOException {
        ask("MAIL FROM:<" + from + ">");
        ask("RCPT TO:<" + to + ">");
        ask("DATA");
        send(content + "\r\n.\r\n");
        return reply();
    }

    public void startTls(SSLContext context) throws IOException {
        var encrypted = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        encrypted.startHandshake();
        socket = encrypted;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
