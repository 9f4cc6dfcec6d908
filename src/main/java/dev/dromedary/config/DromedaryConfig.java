package dev.dromedary.config;

import dev.dromedary.message.PriorityClass;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration, valid by construction: it comes from {@code config/dromedary.yaml}, with single values overridden by
 * environment variables ({@code DROMEDARY_HTTP_PORT} for {@code http.port}).
 *
 * @param pools     by id, in file order
 * @param providers by id: the built-in providers with the file's overrides applied
 * @param routes    delivery routes, in file order
 * @param inForce   all values as people may see them
 */
public record DromedaryConfig(
        String node,
        Http http,
        Management management,
        SmtpListener smtp,
        Inbox inbox,
        Broker broker,
        Database database,
        Sandbox sandbox,
        Accept accept,
        Suppression suppression,
        Map<String, Pool> pools,
        Map<String, Provider> providers,
        List<DeliveryRoute> routes,
        Retry retry,
        Map<String, Stream> streams,
        Dsn dsn,
        Health health,
        MxRollup mxRollup,
        Pace pace,
        Classification classification,
        InDoubt inDoubt,
        SentLog sentLog,
        Reactions reactions,
        Holds holds,
        Audit audit,
        BrainSettings brain,
        ReportSettings report,
        AlertSettings alerts,
        ConfigInForce inForce) {

    /** @param maxBody bytes of one request or, for NDJSON, of one line */
    public record Http(String bind, int port, long maxBody, List<ApiKey> apiKeys) {
    }

    /** @param sha256 lower-case hex of the key's SHA-256: the key itself is kept nowhere */
    public record ApiKey(String name, String sha256) {
    }

    /** Where health and metrics are served, under {@code /observe}. */
    public record Management(String bind, int port) {
    }

    public record SmtpListener(
            boolean enabled, String bind, int port, String hostname, long maxSize, int maxConnections, int maxRecipients, List<SmtpUser> users, @Nullable Tls tls,
            boolean requireTls) {
    }

    /** @param sha256 lower-case hex of the password's SHA-256 */
    public record SmtpUser(String name, String sha256) {
    }

    /** PEM files; the key is PKCS#8. */
    public record Tls(Path certificate, Path key) {
    }

    public record Inbox(boolean enabled, Path directory, Duration poll) {
    }

    public enum Mode { EMBEDDED, EXTERNAL }

    /** @param url for external: an Artemis client URL such as {@code tcp://broker:61616} */
    public record Broker(Mode mode, @Nullable String url, @Nullable String user, Secret password, Acceptor core, Acceptor amqp, int maxDiskUsage) {
    }

    /** A TCP acceptor of the embedded broker, closed unless asked for. Producers sign in as {@code user}. */
    public record Acceptor(boolean enabled, String bind, int port, @Nullable String user, Secret password) {
    }

    /** @param port of the embedded server; 0 takes a free one */
    public record Database(Mode mode, @Nullable String url, @Nullable String user, Secret password, int port, int maxConnections) {
    }

    public record Sandbox(boolean enabled, int port, int keep) {
    }

    public record Accept(int maxRecipients, long maxSize, Duration idempotencyWindow) {
    }

    /** How far a suppression reaches: all mail to the address, or that of the stream it came from. */
    public enum Scope { ALL, STREAM }

    /**
     * Who gets no more mail, and for how long.
     *
     * @param permanent after a refusal that says the address is of no use
     * @param complaint after a complaint
     * @param repeated  after a refusal that came again and again
     * @param repeat    by the reason of the refusal, how often that is
     */
    public record Suppression(Lasting permanent, Lasting complaint, Lasting repeated, Map<String, Repeat> repeat) {
    }

    /** @param expires how long it stands, or null for ever */
    public record Lasting(@Nullable Duration expires, Scope scope) {
    }

    /** @param times messages refused within the window */
    public record Repeat(int times, Duration window) {
    }

    public enum TlsMode { STARTTLS, IMPLICIT, NONE }

    /**
     * @param hello           the name given in EHLO
     * @param rate            the pool's own ceiling, or null
     * @param connectionMaxMessages messages sent over one connection before it is closed
     * @param connectionMaxIdle     an idle connection is closed after this, before most servers would
     * @param limits          per provider id
     * @param truststore      extra CA certificates in PEM, or null for the JDK's
     */
    public record Pool(
            String id,
            String host,
            int port,
            TlsMode tls,
            @Nullable String username,
            Secret password,
            String hello,
            List<String> sourceAddresses,
            int maxConnections,
            int weight,
            @Nullable Rate rate,
            Map<String, PoolLimit> limits,
            int connectionMaxMessages,
            Duration connectionMaxIdle,
            Duration connectionMaxAge,
            Timeouts timeouts,
            @Nullable Path truststore) {
    }

    /** Limits of one pool towards one provider; null where there is none beyond the provider's own. */
    public record PoolLimit(@Nullable Rate rate, @Nullable Integer maxConnections) {
    }

    /** RFC 5321 section 4.5.3.2 gives the minima that the defaults keep to where a sender can afford them. */
    public record Timeouts(Duration connect, Duration read, Duration write, Duration endOfData) {
    }

    /**
     * @param patterns  recipient-domain patterns
     * @param mx        MX host suffixes
     * @param rate      hard ceiling over all pools, enforced by the Throttler, or null
     * @param consumers lane consumers: the most conversations at a time over all pools
     * @param maxConnections per pool, unless the pool says otherwise; null for no limit of the provider's
     * @param messagesPerConnection null for the pool's own
     */
    public record Provider(
            String id, List<String> patterns, List<String> mx, @Nullable Rate rate, int consumers, @Nullable Integer maxConnections,
            @Nullable Integer messagesPerConnection) {
    }

    /**
     * @param recipients    domain patterns, or {@code provider:ID}
     * @param streams       empty for any
     * @param senderDomains domain patterns; empty for any
     * @param priority      among routes that match equally specifically, the highest wins (the seed's scale)
     * @param weight        shares traffic among routes equal in all else
     */
    public record DeliveryRoute(
            String id, List<String> recipients, Set<String> streams, List<String> senderDomains, List<String> pools, int priority, int weight, @Nullable Rate rate) {
    }

    /**
     * Exponential back-off, initial x factor^n, at most max, where no schedule is given; each wait times 1 +- jitter, until maxAge after
     * acceptance or maxRetries.
     *
     * @param max also the longest wait that a server may ask for
     */
    public record Retry(Duration initial, double factor, Duration max, double jitter, Duration maxAge, int maxRetries, Schedules schedules) {
        public Retry(Duration initial, double factor, Duration max, double jitter, Duration maxAge, int maxRetries) {
            this(initial, factor, max, jitter, maxAge, maxRetries, Schedules.NONE);
        }

        /** What holds where no schedule is given. */
        public Waits backOff() {
            return Waits.growing(initial, factor, max);
        }
    }

    /**
     * What is particular to a kind of mail.
     *
     * @param sendWindows when its mail may be sent; empty for any time
     * @param maxAge      of its mail, or null for retry.max-age
     */
    public record Stream(List<SendWindow> sendWindows, @Nullable Duration maxAge) {
    }

    /**
     * Reports of failed delivery to the sender (RFC 3464).
     *
     * @param streams      whose mail is reported where the message does not say
     * @param from         the From field
     * @param reportingMta the name of this system
     */
    public record Dsn(Set<String> streams, String from, String reportingMta) {
    }

    public record Health(Duration interval, int failures, Duration halfOpenAfter) {
    }

    /** Deriving a provider from MX hosts. @param nameServers empty for the system's */
    public record MxRollup(boolean enabled, Duration timeout, int cacheSize, List<URI> nameServers) {
    }

    /** @param maxWait how long a lane consumer waits for room before the message is parked until room is foreseen */
    public record Pace(Duration maxWait, Shares shares) {
    }

    /**
     * How the priority classes share what is scarce.
     *
     * @param urgent  weight, as are {@code normal} and {@code bulk}
     * @param reserve per cent of the conversations of each pool and provider that are kept from bulk
     */
    public record Shares(int urgent, int normal, int bulk, int reserve) {
        public int weight(PriorityClass priority) {
            return switch (priority) {
                case URGENT -> urgent;
                case NORMAL -> normal;
                case BULK -> bulk;
            };
        }
    }

    /** @param usual how long a hold lasts where nothing is said; @param max the longest that may be asked for */
    public record Holds(Duration usual, Duration max) {
    }

    /** @param keep how long the audit log knows what was done, and how long a hold that is over is known */
    public record Audit(Duration keep) {
    }

    /** @param rules a file of reactions, or null for the built-in ones */
    public record Reactions(@Nullable Path rules) {
    }

    /** @param rules a file of reply rules, or null for the built-in ones */
    public record Classification(@Nullable Path rules) {
    }

    /** What becomes of a message whose end of data got no answer. */
    public enum DoubtPolicy { RETRY, HOLD, ASSUME_DELIVERED }

    /** @param streams those with a policy of their own */
    public record InDoubt(DoubtPolicy usual, Map<String, DoubtPolicy> streams) {
    }

    /**
     * @param keep messages remembered
     * @param sync whether each record has to reach the disk before the message counts as sent
     */
    public record SentLog(boolean enabled, int keep, boolean sync) {
    }
}
