package dev.dromedary.smtp;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.DromedaryConfig.TlsMode;
import dev.dromedary.outcome.SmtpPhase;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Opens conversations with one pool: source address, host address, TLS mode and sign-in as configured. Thread-safe. */
final class SmtpConnector {
    private final DromedaryConfig.Pool pool;
    private final WriteWatch watch;
    private final SmtpFaults faults;
    private final SmtpTimings timings;
    private final TlsLayers tls;
    private final Session session;
    private final BufferShelf buffers = new BufferShelf();
    private final AtomicInteger nextSource = new AtomicInteger();

    SmtpConnector(DromedaryConfig.Pool pool, WriteWatch watch, SmtpFaults faults, SmtpTimings timings) {
        this.pool = pool;
        this.watch = watch;
        this.faults = faults;
        this.timings = timings;
        this.tls = TlsLayers.trusting(pool.truststore());
        this.session = Session.getInstance(properties());
    }

    private Properties properties() {
        Properties properties = new Properties();
        boolean startTls = pool.tls() == TlsMode.STARTTLS;
        properties.setProperty("mail.smtp.localhost", pool.hello());
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.auth", Boolean.toString(pool.username() != null));
        properties.setProperty("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        properties.put("mail.smtp.ssl.socketFactory", tls);
        return properties;
    }

    SmtpConversation open() throws SmtpDeliveryException {
        InetAddress source = source();
        WatchedSocket socket = connected(source);
        if (wouldShowCredentials(pool, socket.getInetAddress())) {
            socket.abort();
            throw faults.fault(SmtpPhase.AUTH, "credentials are not sent without TLS", null);
        }
        Socket outermost = pool.tls() == TlsMode.IMPLICIT ? secure(socket) : socket;
        SmtpConversation conversation = new SmtpConversation(session, pool, socket, buffers, faults, timings);
        conversation.open(outermost);
        return conversation;
    }

    static boolean wouldShowCredentials(DromedaryConfig.Pool pool, InetAddress server) {
        return pool.username() != null && pool.tls() == TlsMode.NONE && !server.isLoopbackAddress();
    }

    /** Each connection leaves from the next source address, so that all carry alike. */
    private @Nullable InetAddress source() throws SmtpDeliveryException {
        List<String> sources = pool.sourceAddresses();
        if (sources.isEmpty()) {
            return null;
        }
        String next = sources.get(Math.floorMod(nextSource.getAndIncrement(), sources.size()));
        try {
            return InetAddress.getByName(next);
        } catch (UnknownHostException e) {
            throw faults.fault(SmtpPhase.CONNECT, "source address " + next + " is none", e);
        }
    }

    private WatchedSocket connected(@Nullable InetAddress source) throws SmtpDeliveryException {
        long start = System.nanoTime();
        try {
            return connect(source);
        } finally {
            timings.step(SmtpStep.CONNECT, System.nanoTime() - start);
        }
    }

    private WatchedSocket connect(@Nullable InetAddress source) throws SmtpDeliveryException {
        InetAddress[] addresses = resolve();
        long deadline = System.nanoTime() + pool.timeouts().connect().toNanos();
        IOException last = new UnknownHostException("no address of the source address's family");
        for (int i = 0; i < addresses.length; i++) {
            if (source != null && source instanceof Inet4Address != addresses[i] instanceof Inet4Address) {
                continue;
            }
            long share = (deadline - System.nanoTime()) / (addresses.length - i);
            try {
                return connect(source, addresses[i], Duration.ofNanos(share));
            } catch (IOException e) {
                last = e;
            }
        }
        String seen = last instanceof SocketTimeoutException ? "no connection in time" : String.valueOf(last.getMessage());
        throw faults.fault(SmtpPhase.CONNECT, source == null ? seen : seen + " from source address " + source.getHostAddress(), last);
    }

    private InetAddress[] resolve() throws SmtpDeliveryException {
        try {
            return InetAddress.getAllByName(pool.host());
        } catch (UnknownHostException e) {
            throw faults.fault(SmtpPhase.CONNECT, "unknown host", e);
        }
    }

    private WatchedSocket connect(@Nullable InetAddress source, InetAddress address, Duration timeout) throws IOException {
        WatchedSocket socket = new WatchedSocket(watch, pool.timeouts().read());
        try {
            // A reply waits for the end of what it answers: nothing must be held back to be sent together with more.
            socket.setTcpNoDelay(true);
            if (source != null) {
                socket.bind(new InetSocketAddress(source, 0));
            }
            // With the name inside, nobody asks the DNS for the name of the address.
            InetAddress named = InetAddress.getByAddress(pool.host(), address.getAddress());
            socket.connect(new InetSocketAddress(named, pool.port()), (int) Math.max(1, timeout.toMillis()));
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.abort();
            throw e;
        }
    }

    private Socket secure(WatchedSocket socket) throws SmtpDeliveryException {
        long start = System.nanoTime();
        try {
            SSLSocket layer = (SSLSocket) tls.createSocket(socket, pool.host(), pool.port(), true);
            layer.startHandshake();
            return layer;
        } catch (IOException e) {
            socket.abort();
            throw faults.fault(SmtpPhase.STARTTLS, "TLS: " + e.getMessage(), e);
        } finally {
            timings.step(SmtpStep.TLS, System.nanoTime() - start);
        }
    }
}
