package dev.dromedary.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.dromedary.config.DromedaryConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server run by someone else, reached by JDBC URL. */
public final class ExternalDatabase implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(ExternalDatabase.class);
    private static final long PAUSE_MILLIS = 500;
    private final HikariDataSource pool;
    private final String url;

    private ExternalDatabase(HikariDataSource pool, String url) {
        this.pool = pool;
        this.url = url;
    }

    /**
     * @param patience how long to wait for a server that is away; a wrong password or a missing database is reported at once
     * @throws StorageException when it stays away or refuses us
     */
    public static ExternalDatabase connect(DromedaryConfig.Database config, Duration patience) {
        String url = Objects.requireNonNull(config.url(), "database.url");
        String password = config.password().isEmpty() ? null : config.password().reveal();
        await(config, url, password, patience);
        Pools.migrate(url, config.user(), password);
        return new ExternalDatabase(Pools.open(url, config.user(), password, config.maxConnections()), Pools.withoutParameters(url));
    }

    private static void await(DromedaryConfig.Database config, String url, @Nullable String password, Duration patience) {
        var properties = new Properties();
        properties.setProperty("connectTimeout", "2");
        if (config.user() != null) {
            properties.setProperty("user", config.user());
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        long end = System.nanoTime() + patience.toNanos();
        boolean told = false;
        while (true) {
            try (Connection connection = DriverManager.getConnection(url, properties)) {
                return;
            } catch (SQLException e) {
                if (!away(e) || System.nanoTime() - end > 0) {
                    throw new StorageException("[DATABASE_UNREACHABLE] " + Pools.withoutParameters(url) + ": " + e.getMessage()
                            + "; start the server, or correct database.url, user or password", e);
                }
                if (!told) {
                    LOG.warn("[DATABASE_AWAY] {}: {}; trying again for {} s", Pools.withoutParameters(url), e.getMessage(), patience.toSeconds());
                    told = true;
                }
                pause();
            }
        }
    }

    /** SQLSTATE class 08 is connection exceptions, 57P03 is "cannot connect now": the server is starting or stopping. */
    private static boolean away(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("[DATABASE_UNREACHABLE] start: interrupted while waiting for the database; start again", e);
        }
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public void close() {
        pool.close();
    }
}
