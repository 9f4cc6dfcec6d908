package dev.dromedary.smtp;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.DromedaryConfig.Pool;
import dev.dromedary.config.DromedaryConfig.TlsMode;
import dev.dromedary.config.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pools on loopback, patient unless asked to be otherwise. */
public final class TestPools {
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final Duration LONG = Duration.ofSeconds(15);
    private final int port;
    private TlsMode tls = TlsMode.NONE;
    private @Nullable String username;
    private Secret password = Secret.NONE;
    private List<String> sources = List.of();
    private int maxConnections = 10;
    private int maxMessages = 100;
    private Duration maxIdle = Duration.ofSeconds(30);
    private Duration maxAge = Duration.ofMinutes(5);
    private DromedaryConfig.Timeouts timeouts = new DromedaryConfig.Timeouts(LONG, LONG, LONG, LONG);
    private @Nullable Path truststore;
    private String host = "127.0.0.1";

    private TestPools(int port) {
        this.port = port;
    }

    public static TestPools at(int port) {
        return new TestPools(port);
    }

    TestPools host(String name) {
        host = name;
        return this;
    }

    TestPools tls(TlsMode mode, @Nullable Path trusted) {
        tls = mode;
        truststore = trusted;
        return this;
    }

    TestPools credentials(String user, String secret) {
        username = user;
        password = new Secret(secret);
        return this;
    }

    TestPools sources(String... addresses) {
        sources = List.of(addresses);
        return this;
    }

    public TestPools maxConnections(int most) {
        maxConnections = most;
        return this;
    }

    TestPools maxMessages(int most) {
        maxMessages = most;
        return this;
    }

    TestPools maxIdle(Duration longest) {
        maxIdle = longest;
        return this;
    }

    TestPools maxAge(Duration longest) {
        maxAge = longest;
        return this;
    }

    /** For servers that do not answer. */
    TestPools impatient() {
        timeouts = new DromedaryConfig.Timeouts(SHORT, SHORT, SHORT, SHORT);
        return this;
    }

    public Pool pool() {
        return new Pool("test", host, port, tls, username, password, "client.example", sources, maxConnections, 1, null, Map.of(), maxMessages,
                maxIdle, maxAge, timeouts, truststore);
    }
}
