package dev.dromedary.store;

import dev.dromedary.config.DromedaryConfig;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;

/** The PostgreSQL that holds what waits, migrated and ready. */
public sealed interface Database extends AutoCloseable permits EmbeddedDatabase, ExternalDatabase {
    /** How long a start waits for an external server that is away. */
    Duration PATIENCE = Duration.ofSeconds(60);

    /** A pool that gives up after two seconds when the server is away: callers get a {@link java.sql.SQLTransientConnectionException}. */
    DataSource dataSource();

    /** Without credentials; for logs and health. */
    String url();

    @Override
    void close();

    /**
     * Starts or reaches the server and brings its tables up to date.
     *
     * @param data the directory for everything kept on disk
     * @throws StorageException with a code and what to change
     */
    static Database open(DromedaryConfig.Database config, Path data) {
        return switch (config.mode()) {
            case EMBEDDED -> EmbeddedDatabase.start(config, data);
            case EXTERNAL -> ExternalDatabase.connect(config, PATIENCE);
        };
    }
}
