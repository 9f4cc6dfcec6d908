package dev.dromedary.store;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;

/** One embedded PostgreSQL for all tests of a JVM, migrated; started on first use and removed when the JVM ends. */
public final class TestDatabase {
    private static final int CONNECTIONS = 16;

    private TestDatabase() {
    }

    private static final class Holder {
        private static final EmbeddedDatabase DATABASE = start();

        private static EmbeddedDatabase start() {
            try {
                Path data = Files.createTempDirectory("dromedary-test");
                EmbeddedDatabase database = EmbeddedDatabase.start(config(CONNECTIONS), data);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    database.close();
                    TestFiles.delete(data);
                }));
                return database;
            } catch (IOException e) {
                throw new StorageException("[TEST_DATABASE] start: " + e.getMessage() + "; free some space in the temporary directory", e);
            }
        }
    }

    public static DataSource dataSource() {
        return Holder.DATABASE.dataSource();
    }

    public static Database database() {
        return Holder.DATABASE;
    }

    /** Empties every table of ours: call it before each test that counts rows. */
    public static void empty() throws SQLException {
        Sql.update(dataSource(), "truncate event, idempotency, deferred, dead_letter, suppression, suppression_removed, suppression_strike, cancellation, reaction, hold, audit, reputation, warm_up, warm_up_count, warm_up_node, metric, metric_gauge, metric_sample, warning, alert, alert_change, alert_silence, alert_notice, alert_look");
    }

    public static DromedaryConfig.Database config(int connections) {
        return new DromedaryConfig.Database(DromedaryConfig.Mode.EMBEDDED, null, null, Secret.NONE, 0, connections);
    }
}
