package dev.dromedary.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Connection pools with time limits on everything, and the migrations. */
final class Pools {
    private static final long CONNECTION_TIMEOUT = Duration.ofSeconds(2).toMillis();

    private Pools() {
    }

    static HikariDataSource open(String url, @Nullable String user, @Nullable String password, int size) {
        var config = new HikariConfig();
        config.setPoolName("dromedary");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(Math.min(2, size));
        config.setConnectionTimeout(CONNECTION_TIMEOUT);
        config.setValidationTimeout(CONNECTION_TIMEOUT / 2);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("connectTimeout", "2");
        // A server that vanished without a FIN must not hold a drain for the minutes that TCP would.
        config.addDataSourceProperty("socketTimeout", "30");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "dromedary");
        return new HikariDataSource(config);
    }

    /** Runs what is missing of {@code db/migration}; nodes that start at the same time wait for each other on Flyway's advisory lock. */
    static void migrate(String url, @Nullable String user, @Nullable String password) {
        try {
            // Out of order, as a change that was made beside others may come with the higher number first.
            // A connection of its own, without the pool's socket timeout: a migration may take long.
            Flyway.configure().dataSource(url, user, password).locations("classpath:db/migration").outOfOrder(true).load().migrate();
        } catch (FlywayException e) {
            throw new StorageException("[DATABASE_MIGRATION] " + withoutParameters(url) + ": " + firstLine(e) + "; see the database's log, correct it and start again", e);
        }
    }

    static String withoutParameters(String url) {
        return url.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse(e.getClass().getSimpleName());
    }
}
