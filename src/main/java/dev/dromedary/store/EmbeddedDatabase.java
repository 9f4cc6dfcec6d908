package dev.dromedary.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.dromedary.config.DromedaryConfig;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own, started from binaries on the class path, with everything it keeps under {@code data/postgres}:
 * {@code cluster} (the data), {@code binaries}, {@code password} and {@code lock}. It listens on the loopback interface only, asks for a
 * password (scram-sha-256), and survives both a stop and a kill of this process without loss.
 */
public final class EmbeddedDatabase implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String NAME = "dromedary";
    /** Recovery after a crash replays up to max_wal_size of log first. */
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final int SERVER_CONNECTIONS = 60;
    private final EmbeddedPostgres server;
    private final HikariDataSource pool;
    private final LeftoverServer leftover;
    private final DirectoryLock lock;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(EmbeddedPostgres server, HikariDataSource pool, LeftoverServer leftover, DirectoryLock lock) {
        this.server = server;
        this.pool = pool;
        this.leftover = leftover;
        this.lock = lock;
    }

    /** @throws StorageException when the directory is in use, or this platform cannot run the server */
    public static EmbeddedDatabase start(DromedaryConfig.Database config, Path data) {
        Path home = home(data);
        DirectoryLock lock = DirectoryLock.take(home);
        boolean started = false;
        try {
            EmbeddedDatabase database = start(config, home, lock);
            started = true;
            return database;
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    private static EmbeddedDatabase start(DromedaryConfig.Database config, Path home, DirectoryLock lock) {
        requirePlatform();
        Path cluster = home.resolve("cluster");
        var leftover = new LeftoverServer(cluster, home.resolve("binaries"));
        leftover.stop();
        try {
            discardHalfMade(cluster);
            String password = PrivateFiles.secret(home.resolve("password"));
            EmbeddedPostgres server = server(config, home, password).start();
            try {
                new ServerAccess(server, cluster, password).secure(NAME);
                String url = server.getJdbcUrl(NAME, NAME).replaceFirst("\\?.*", "").replace("//localhost:", "//127.0.0.1:");
                Pools.migrate(url, NAME, password);
                LOG.info("PostgreSQL is ready on {}", url);
                return new EmbeddedDatabase(server, Pools.open(url, NAME, password, config.maxConnections()), leftover, lock);
            } catch (SQLException | IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (StorageException e) {
            throw e;
        } catch (IOException | SQLException | RuntimeException e) {
            throw new StorageException("[DATABASE_START] " + cluster + ": " + e.getMessage() + "; see start.log and log/ in " + home
                    + ", correct it and start again, or set database.mode to external", e);
        }
    }

    private static EmbeddedPostgres.Builder server(DromedaryConfig.Database config, Path home, String password) {
        int connections = Math.max(SERVER_CONNECTIONS, config.maxConnections() + 10);
        Redirect log = Redirect.appendTo(home.resolve("start.log").toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                // A resolver object of our own, because unpacked binaries are remembered by resolver and would be shared between directories.
                .setPgBinaryResolver((system, machine) -> DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine))
                .setOverrideWorkingDirectory(home.resolve("binaries").toFile())
                .setDataDirectory(home.resolve("cluster"))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(config.port())
                .setPGStartupWait(START_LIMIT)
                .setLocaleConfig("locale", "C")
                .setConnectConfig("password", password)
                .setOutputRedirector(log)
                .setErrorRedirector(log);
        // Made for tests, the library switches durability off: these switch it on again.
        builder.setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on").setServerConfig("full_page_writes", "on");
        builder.setServerConfig("max_connections", String.valueOf(connections)).setServerConfig("shared_buffers", "128MB");
        builder.setServerConfig("max_wal_size", "1GB").setServerConfig("checkpoint_completion_target", "0.9");
        builder.setServerConfig("listen_addresses", "127.0.0.1").setServerConfig("unix_socket_directories", "");
        builder.setServerConfig("password_encryption", "scram-sha-256");
        // Into files: a pipe to this process would break when it is killed.
        builder.setServerConfig("logging_collector", "on").setServerConfig("log_directory", home.resolve("log").toString());
        builder.setServerConfig("log_filename", "postgres-%a.log").setServerConfig("log_truncate_on_rotation", "on");
        return builder.setServerConfig("log_file_mode", "0600");
    }

    private static Path home(Path data) {
        try {
            Path home = PrivateFiles.directory(data.resolve("postgres")).toRealPath();
            if (home.toString().matches(".*[\\s'\"$`\\\\].*")) {
                throw new StorageException("[DATA_DIRECTORY_UNUSABLE] " + home
                        + ": PostgreSQL's start command cannot carry spaces or quotes; choose a data directory without them", null);
            }
            return home;
        } catch (IOException e) {
            throw new StorageException("[DATA_DIRECTORY_UNUSABLE] " + data + ": " + e.getMessage() + "; make it a directory that this user may write", e);
        }
    }

    private static void requirePlatform() {
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root && !LinuxUtils.isUnshareAvailable()) {
            throw new StorageException("[DATABASE_ROOT] database.mode: embedded as root; PostgreSQL does not run as root and this system"
                    + " offers no user namespaces (unshare -U): run as another user, or set database.mode to external", null);
        }
        String system = System.getProperty("os.name");
        String machine = System.getProperty("os.arch");
        if (!system.equals("Linux") || !List.of("amd64", "aarch64").contains(machine)) {
            throw new StorageException("[DATABASE_PLATFORM] database.mode: embedded on " + system + " " + machine
                    + "; binaries are included for Linux on amd64 and aarch64: set database.mode to external", null);
        }
    }

    /** An initdb that was cut off leaves a directory without its last file; nothing in it is anyone's mail yet. */
    private static void discardHalfMade(Path cluster) throws IOException {
        if (!Files.isDirectory(cluster) || Files.exists(cluster.resolve("postgresql.conf")) && Files.exists(cluster.resolve("global/pg_control"))) {
            return;
        }
        if (Files.exists(cluster.resolve("global/pg_control"))) {
            throw new IOException("postgresql.conf is missing");
        }
        try (Stream<Path> files = Files.walk(cluster)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public String url() {
        return pool.getJdbcUrl();
    }

    public int port() {
        return server.getPort();
    }

    /** Closes the pool and stops the server in order. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        pool.close();
        try {
            server.close();
            // The library waits five seconds; a busy server may need longer to write everything down.
            leftover.stop();
        } catch (IOException e) {
            LOG.warn("[DATABASE_STOP] {}: {}; the next start will end the server if it is still running", server, e.getMessage());
        } finally {
            lock.close();
        }
    }
}
