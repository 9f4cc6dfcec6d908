package dev.dromedary.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Who may connect to the embedded server. A new cluster trusts everyone on the loopback interface: both roles get the generated password,
 * and then nobody is trusted any more. Repeating it changes nothing, so a crash between the steps heals on the next start.
 */
final class ServerAccess {
    private static final String RULES = """
            # Written by Dromedary.
            host all all 127.0.0.1/32 scram-sha-256
            """;
    private final DataSource admin;
    private final Path cluster;
    private final String password;

    ServerAccess(EmbeddedPostgres server, Path cluster, String password) {
        this.admin = server.getPostgresDatabase();
        this.cluster = cluster;
        this.password = password;
    }

    /** @param name of both the database and the role that owns it, which is no superuser */
    void secure(String name) throws SQLException, IOException {
        Path rules = cluster.resolve("pg_hba.conf");
        if (Files.readString(rules).equals(RULES)) {
            return;
        }
        // The password is hexadecimal and the name a constant, so that quoting is safe; utility statements take no parameters.
        if (Sql.list(admin, "select 1 from pg_roles where rolname = ?", row -> row.getInt(1), name).isEmpty()) {
            Sql.update(admin, "create role " + name + " login");
        }
        Sql.update(admin, "alter role " + name + " password '" + password + "'");
        Sql.update(admin, "alter role postgres password '" + password + "'");
        if (Sql.list(admin, "select 1 from pg_database where datname = ?", row -> row.getInt(1), name).isEmpty()) {
            Sql.update(admin, "create database " + name + " owner " + name);
        }
        Files.writeString(rules, RULES);
        Sql.list(admin, "select pg_reload_conf()", row -> row.getBoolean(1));
    }
}
