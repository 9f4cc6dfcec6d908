package dev.dromedary.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An SMTP server on a raw socket that does just what its script says, however wrong. */
final class ScriptedSmtpServer implements AutoCloseable {

    /** What the server does on one connection, or in place of one reply. */
    interface Step {
        void take(Peer peer) throws IOException;
    }

    private final ServerSocket listener;
    private final List<Step> scripts;
    private final Set<Socket> live = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch stopped = new CountDownLatch(1);
    final List<String> commands = new CopyOnWriteArrayList<>();
    final List<byte[]> messages = new CopyOnWriteArrayList<>();
    final List<InetAddress> clients = new CopyOnWriteArrayList<>();

    private ScriptedSmtpServer(List<Step> scripts) throws IOException {
        this.scripts = scripts;
        this.listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        start("scripted-smtp", this::accept);
    }

    /** The first connection gets the first script, and so on; the last one serves all further connections. */
    static ScriptedSmtpServer of(Step... scripts) throws IOException {
        return new ScriptedSmtpServer(List.of(scripts));
    }

    static Polite polite() {
        return new Polite();
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                int number = connections.getAndIncrement();
                clients.add(socket.getInetAddress());
                live.add(socket);
                start("scripted-smtp-" + number, () -> serve(socket, scripts.get(Math.min(number, scripts.size() - 1))));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket socket, Step script) {
        try (socket) {
            script.take(new Peer(socket));
        } catch (IOException e) {
            // The client went, which many scripts are about.
        } finally {
            live.remove(socket);
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 256 * 1024);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        stopped.countDown();
        listener.close();
        for (Closeable socket : live) {
            socket.close();
        }
    }

    /** One connected client. */
    final class Peer {
        private Socket socket;
        private InputStream in;
        private String lastSaid = "";

        Peer(Socket socket) throws IOException {
            use(socket);
        }

        private void use(Socket next) throws IOException {
            socket = next;
            in = new BufferedInputStream(next.getInputStream());
        }

        /** Sends lines, CRLF after each. */
        void say(String... lines) throws IOException {
            lastSaid = lines[lines.length - 1];
            raw(String.join("\r\n", lines) + "\r\n");
        }

        ScriptedSmtpServer server() {
            return ScriptedSmtpServer.this;
        }

        void raw(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        /** Next line without CRLF. */
        String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new IOException("client closed");
                }
                line.write(next);
            }
            return line.toString(StandardCharsets.UTF_8).stripTrailing();
        }

        /** Everything up to and including the end of data, as on the wire. */
        byte[] data() throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] end = "\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);
            int matched = 2;
            while (matched < end.length) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("client closed");
                }
                all.write(next);
                matched = next == end[matched] ? matched + 1 : next == '\r' ? 1 : 0;
            }
            return all.toByteArray();
        }

        /** Ends the connection by a reset, as a crashed server or a firewall does. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        void hangUp() throws IOException {
            socket.close();
        }

        /** Says nothing more until the test ends. */
        void stayMute() throws IOException {
            try {
                stopped.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        /** Sends one byte every 20 ms for as long as anybody listens. */
        void drip(String text) throws IOException {
            try {
                for (int i = 0; !stopped.await(20, TimeUnit.MILLISECONDS); i++) {
                    raw(text.substring(i % text.length(), i % text.length() + 1));
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        void startTls(SSLContext context) throws IOException {
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            tls.setUseClientMode(false);
            tls.startHandshake();
            use(tls);
        }
    }

    /** A server that does everything right but what is scripted otherwise, by verb, {@code GREETING} or {@code END}. */
    static final class Polite implements Step {
        private final Map<String, Step> steps = new HashMap<>();

        Polite() {
            on("GREETING", "220 scripted ESMTP");
            offering("8BITMIME", "SIZE 10000000");
            on("MAIL", "250 2.1.0 Ok");
            on("RCPT", "250 2.1.5 Ok");
            on("DATA", "354 go on");
            on("END", "250 2.0.0 Ok: queued as 1");
            on("RSET", "250 2.0.0 Ok");
            on("NOOP", "250 2.0.0 Ok");
            on("HELO", "250 scripted");
        }

        Polite on(String verb, String... reply) {
            return on(verb, peer -> peer.say(reply));
        }

        Polite on(String verb, Step step) {
            steps.put(verb, step);
            return this;
        }

        Polite offering(String... extensions) {
            StringBuilder reply = new StringBuilder("250" + (extensions.length == 0 ? " " : "-") + "scripted");
            for (int i = 0; i < extensions.length; i++) {
                reply.append("\r\n250").append(i == extensions.length - 1 ? ' ' : '-').append(extensions[i]);
            }
            return on("EHLO", reply.toString());
        }

        /** STARTTLS with this certificate, and AUTH afterwards. */
        Polite secured(SSLContext context) {
            offering("STARTTLS", "AUTH PLAIN LOGIN", "8BITMIME");
            return on("STARTTLS", peer -> {
                peer.say("220 go on");
                peer.startTls(context);
            }).on("AUTH", "235 2.7.0 welcome");
        }

        @Override
        public void take(Peer peer) throws IOException {
            steps.get("GREETING").take(peer);
            while (true) {
                String line = peer.line();
                String verb = line.split(" ", 2)[0].toUpperCase(java.util.Locale.ROOT);
                peer.server().commands.add(line);
                if (verb.equals("QUIT")) {
                    peer.say("221 bye");
                    return;
                }
                steps.getOrDefault(verb, other -> other.say("502 5.5.2 what?")).take(peer);
                if (verb.equals("DATA") && peer.lastSaid.startsWith("354")) {
                    peer.server().messages.add(peer.data());
                    steps.get("END").take(peer);
                }
            }
        }
    }
}
