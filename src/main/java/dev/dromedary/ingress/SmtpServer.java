package dev.dromedary.ingress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SMTP server (RFC 5321) for submission: PIPELINING, 8BITMIME, SIZE, SMTPUTF8, ENHANCEDSTATUSCODES, STARTTLS and AUTH, one thread a
 * conversation. Safe for use by many threads.
 */
public final class SmtpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpServer.class);
    private static final int BACKLOG = 1024;
    private static final long THREAD_IDLE_SECONDS = 30;
    private static final long ACCEPT_PAUSE_MILLIS = 100;
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final SmtpServerSettings settings;
    private final SmtpHandler handler;
    private final Set<SmtpSession> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final ThreadPoolExecutor workers;
    private @Nullable SmtpService service;
    private @Nullable ServerSocket listener;

    public SmtpServer(SmtpServerSettings settings, SmtpHandler handler) {
        this.settings = settings;
        this.handler = handler;
        var count = new AtomicInteger();
        this.workers = new ThreadPoolExecutor(0, Integer.MAX_VALUE, THREAD_IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
                task -> daemon(task, settings.name() + "-" + count.incrementAndGet()));
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** @throws UncheckedIOException when the address cannot be listened on */
    public synchronized void start() {
        if (listener != null) {
            throw new IllegalStateException("[SMTP_STARTED] " + settings.name() + ": already started; make a new one");
        }
        try {
            var address = settings.address();
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            try {
                socket.bind(new InetSocketAddress(address, settings.port()), BACKLOG);
            } catch (IOException e) {
                socket.close();
                throw e;
            }
            var shared = SmtpService.of(settings, handler, address.isLoopbackAddress());
            service = shared;
            listener = socket;
            daemon(() -> acceptConnections(socket, shared), settings.name() + "-accept").start();
            daemon(this::watchDeadlines, settings.name() + "-watch").start();
            LOG.info("{} listens on {}", settings.name(), socket.getLocalSocketAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("[SMTP_BIND] " + settings.name() + ": " + settings.bind() + ":" + settings.port() + " " + e.getMessage()
                    + "; choose a free port and an address of this machine", e);
        }
    }

    /** The port listened on, also where the settings left it open. */
    public synchronized int port() {
        if (listener == null) {
            throw new IllegalStateException("[SMTP_NOT_STARTED] " + settings.name() + ": no port yet; start it first");
        }
        return listener.getLocalPort();
    }

    /** Conversations under way. */
    public int connections() {
        return connections.get();
    }

    private void acceptConnections(ServerSocket socket, SmtpService shared) {
        while (!socket.isClosed()) {
            try {
                welcome(socket.accept(), shared);
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.warn("[SMTP_ACCEPT] {}: {}; raise the limit of open files or lower maxConnections", settings.name(), e.getMessage());
                    pause();
                }
            }
        }
    }

    private void watchDeadlines() {
        long interval = Math.min(WATCH_INTERVAL.toNanos(), settings.idle().toNanos() / 4);
        while (!workers.isShutdown()) {
            LockSupport.parkNanos(interval);
            long now = System.nanoTime();
            sessions.forEach(session -> session.expire(now));
        }
    }

    /** A failing accept, as for want of file descriptors, fails again at once. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ACCEPT_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void welcome(Socket client, SmtpService shared) {
        try {
            var channel = new SmtpChannel(client, settings.idle());
            if (connections.incrementAndGet() > settings.maxConnections()) {
                connections.decrementAndGet();
                channel.write(SmtpService.FULL);
                channel.flush();
                channel.closeNow();
                return;
            }
            engage(new SmtpSession(shared, channel));
        } catch (IOException e) {
            LOG.debug("{}: client went away before its greeting: {}", settings.name(), e.getMessage());
            closeQuietly(client);
        }
    }

    private void engage(SmtpSession session) {
        sessions.add(session);
        try {
            workers.execute(() -> converse(session));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            LOG.warn("[SMTP_THREAD] {}: no thread for a connection: {}; allow more threads or lower maxConnections", settings.name(), e.getMessage());
            sessions.remove(session);
            connections.decrementAndGet();
            session.abort();
        }
    }

    private void converse(SmtpSession session) {
        try {
            session.run();
        } catch (RuntimeException | Error e) {
            LOG.error("[SMTP_CONVERSATION] {}: conversation ended by a fault, which follows", settings.name(), e);
        } finally {
            sessions.remove(session);
            connections.decrementAndGet();
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.debug("close: {}", e.getMessage());
        }
    }

    /**
     * Takes no more connections, lets transactions under way end, and answers everything else 421.
     *
     * @return true where all conversations had ended within the patience; the rest is cut off
     */
    public boolean drain(Duration patience) {
        ServerSocket socket;
        synchronized (this) {
            socket = listener;
            if (socket == null || service == null) {
                return true;
            }
            service.draining().set(true);
        }
        closeQuietly(socket);
        boolean drained = awaitSessions(patience);
        sessions.forEach(SmtpSession::abort);
        workers.shutdown();
        return drained;
    }

    private boolean awaitSessions(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (connections.get() > 0) {
            sessions.forEach(SmtpSession::leaveIfIdle);
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            pauseBriefly();
        }
        return true;
    }

    private static void pauseBriefly() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }

    @Override
    public void close() {
        drain(CLOSE_PATIENCE);
    }
}
