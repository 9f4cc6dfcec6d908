package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedDatabaseIT {
    private Path data;

    @BeforeEach
    void makeDirectory() throws IOException {
        data = Files.createTempDirectory("dromedary-database");
    }

    @AfterEach
    void removeDirectory() {
        new LeftoverServer(data.resolve("postgres/cluster"), data.resolve("postgres/binaries")).stop();
        TestFiles.delete(data);
    }

    /** The other Dromedary of these tests. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            EmbeddedDatabase database = EmbeddedDatabase.start(TestDatabase.config(4), Path.of(arguments[0]));
            Sql.update(database.dataSource(), "insert into suppression (address, reason, since) values ('kept@example.com', 'test', now())");
            System.out.println("ready " + Files.readAllLines(Path.of(arguments[0], "postgres/cluster/postmaster.pid")).get(0));
            Thread.sleep(Duration.ofMinutes(5).toMillis());
        }
    }

    @Test
    void keepsRowsOverARestart() throws Exception {
        try (EmbeddedDatabase first = EmbeddedDatabase.start(TestDatabase.config(4), data)) {
            Sql.update(first.dataSource(), "insert into suppression (address, reason, since) values ('kept@example.com', 'test', now())");
        }
        try (EmbeddedDatabase second = EmbeddedDatabase.start(TestDatabase.config(4), data)) {
            assertThat(suppressed(second)).isEqualTo("kept@example.com");
        }
    }

    @Test
    void writesToDiskBeforeItAnswersAndKeepsToLoopback() throws SQLException {
        assertThat(setting("fsync")).isEqualTo("on");
        assertThat(setting("synchronous_commit")).isEqualTo("on");
        assertThat(setting("full_page_writes")).isEqualTo("on");
        assertThat(setting("listen_addresses")).isEqualTo("127.0.0.1");
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        String url = TestDatabase.database().url();
        assertThatThrownBy(() -> DriverManager.getConnection(url, "dromedary", "guess").close())
                .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        assertThatThrownBy(() -> DriverManager.getConnection(url.replace("/dromedary", "/postgres"), "postgres", "").close())
                .isInstanceOf(SQLException.class);
    }

    @Test
    void stopsTheServerThatAKilledProcessLeftAndKeepsItsRows() throws Exception {
        try (ChildProcess child = ChildProcess.start(Holder.class, data.toString())) {
            child.kill();
            ProcessHandle orphan = ProcessHandle.of(Long.parseLong(child.answer())).orElseThrow();
            assertThat(runs(orphan)).as("the server outlives its starter").isTrue();
            try (EmbeddedDatabase next = EmbeddedDatabase.start(TestDatabase.config(4), data)) {
                assertThat(runs(orphan)).isFalse();
                assertThat(suppressed(next)).isEqualTo("kept@example.com");
            }
        }
    }

    @Test
    void namesTheDirectoryThatAnotherDromedaryHolds() throws Exception {
        try (ChildProcess child = ChildProcess.start(Holder.class, data.toString())) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(TestDatabase.config(4), data))
                    .isInstanceOf(StorageException.class).hasMessageContaining("[DATA_DIRECTORY_IN_USE]").hasMessageContaining(data.toString());
            child.kill();
        }
    }

    @Test
    void startsOverAStalePidFileWhoseNumberIsAnotherProgramsNow() throws Exception {
        try (EmbeddedDatabase first = EmbeddedDatabase.start(TestDatabase.config(4), data)) {
            Sql.update(first.dataSource(), "insert into suppression (address, reason, since) values ('kept@example.com', 'test', now())");
        }
        Files.writeString(data.resolve("postgres/cluster/postmaster.pid"), ProcessHandle.current().pid() + "\n" + data + "\n");
        try (EmbeddedDatabase second = EmbeddedDatabase.start(TestDatabase.config(4), data)) {
            assertThat(suppressed(second)).isEqualTo("kept@example.com");
        }
    }

    @Test
    void startsOverAnInitdbThatWasCutOff() throws Exception {
        Path cluster = Files.createDirectories(data.resolve("postgres/cluster/base"));
        Files.writeString(cluster.resolve("1"), "half");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(TestDatabase.config(4), data)) {
            assertThat(suppressed(database)).isNull();
        }
    }

    @Test
    void keepsThePasswordToItsOwner() throws Exception {
        Path file = data.resolve("secret");
        String secret = PrivateFiles.secret(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(PrivateFiles.secret(file)).isEqualTo(secret).hasSizeGreaterThanOrEqualTo(32);
    }

    @Test
    void saysWhichExternalServerIsAwayAndGivesUpInTime() {
        var config = new DromedaryConfig.Database(DromedaryConfig.Mode.EXTERNAL, "jdbc:postgresql://127.0.0.1:1/mail?password=hidden", "dromedary",
                new Secret("hidden"), 0, 4);
        long start = System.nanoTime();
        assertThatThrownBy(() -> ExternalDatabase.connect(config, Duration.ofSeconds(1)))
                .isInstanceOf(StorageException.class).hasMessageContaining("[DATABASE_UNREACHABLE]").hasMessageContaining("127.0.0.1:1")
                .hasMessageNotContaining("hidden");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void reachesAnExternalServerAndMigratesIt() throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(TestDatabase.config(4), data)) {
            String password = Files.readString(data.resolve("postgres/password"));
            var config = new DromedaryConfig.Database(DromedaryConfig.Mode.EXTERNAL, server.url(), "dromedary", new Secret(password), 0, 4);
            try (ExternalDatabase external = ExternalDatabase.connect(config, Duration.ofSeconds(5))) {
                assertThat(Sql.list(external.dataSource(), "select count(*) from deferred", row -> row.getInt(1))).containsExactly(0);
            }
        }
    }

    @Test
    void saysQuicklyThatTheServerIsGone() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(TestDatabase.config(4), data)) {
            new LeftoverServer(data.resolve("postgres/cluster"), data.resolve("postgres/binaries")).stop();
            long start = System.nanoTime();
            assertThatThrownBy(() -> suppressed(database)).isInstanceOf(SQLException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    /** A process that ended may stay in the table until its parent looks, and has no command line then. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().commandLine().isPresent();
    }

    private static String suppressed(EmbeddedDatabase database) throws SQLException {
        return Sql.list(database.dataSource(), "select address from suppression", row -> row.getString(1)).stream().findFirst().orElse(null);
    }

    private static String setting(String name) throws SQLException {
        return Sql.list(TestDatabase.dataSource(), "select current_setting(?)", row -> row.getString(1), name).get(0);
    }
}
