package dev.dromedary.config;

import dev.dromedary.config.DromedaryConfig.ApiKey;
import dev.dromedary.config.DromedaryConfig.Mode;
import dev.dromedary.config.DromedaryConfig.Provider;
import dev.dromedary.config.DromedaryConfig.SmtpUser;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the configuration's records from settings. */
final class Binder {
    private final Path configDirectory;
    private final Path dataDirectory;
    private final Secrets secrets;
    private final DeliveryBinder delivery;

    Binder(Path configDirectory, Path dataDirectory, Secrets secrets, Map<String, Provider> builtIns) {
        this.configDirectory = configDirectory;
        this.dataDirectory = dataDirectory;
        this.secrets = secrets;
        this.delivery = new DeliveryBinder(configDirectory, secrets, builtIns);
    }

    DromedaryConfig bind(Settings root) {
        Settings management = root.section("management");
        Settings inbox = root.section("inbox");
        Settings sandbox = root.section("sandbox");
        Settings accept = root.section("accept");
        Settings health = root.section("health");
        Settings rollup = root.section("mx-rollup");
        return new DromedaryConfig(
                root.text("node"),
                http(root.section("http")),
                new DromedaryConfig.Management(management.text("bind"), management.number("port")),
                smtp(root.section("smtp")),
                new DromedaryConfig.Inbox(inbox.flag("enabled"), dataDirectory.resolve(inbox.text("directory")), inbox.duration("poll")),
                broker(root.section("broker")),
                database(root.section("database")),
                new DromedaryConfig.Sandbox(sandbox.flag("enabled"), sandbox.number("port"), sandbox.number("keep")),
                new DromedaryConfig.Accept(accept.number("max-recipients"), accept.size("max-size"), accept.duration("idempotency-window")),
                SuppressionSchema.bind(root.section("suppression")),
                delivery.pools(root),
                delivery.providers(root),
                delivery.routes(root),
                RetryBinder.retry(root),
                RetryBinder.streams(root),
                RetryBinder.dsn(root.section("dsn")),
                new DromedaryConfig.Health(health.duration("interval"), health.number("failures"), health.duration("half-open-after")),
                new DromedaryConfig.MxRollup(rollup.flag("enabled"), rollup.duration("timeout"), rollup.number("cache-size"), rollup.list("name-servers", URI.class)),
                pace(root.section("pace")),
                classification(root.section("classification")),
                DoubtSchema.inDoubt(root.section("in-doubt")),
                DoubtSchema.sentLog(root.section("sent-log")),
                reactions(root.section("reactions")),
                new DromedaryConfig.Holds(root.section("holds").duration("usual"), root.section("holds").duration("max")),
                new DromedaryConfig.Audit(root.section("audit").duration("keep")),
                BrainSettings.bind(root),
                ReportSchema.bind(root),
                AlertSchema.bind(root, secrets),
                ConfigInForce.of(root, Schema.ROOT));
    }

    private DromedaryConfig.Reactions reactions(Settings reactions) {
        String rules = reactions.optional("rules", String.class);
        return new DromedaryConfig.Reactions(rules == null ? null : configDirectory.resolve(rules));
    }

    private static DromedaryConfig.Pace pace(Settings pace) {
        return new DromedaryConfig.Pace(pace.duration("max-wait"), new DromedaryConfig.Shares(
                pace.number("urgent-weight"), pace.number("normal-weight"), pace.number("bulk-weight"), pace.number("reserve")));
    }

    private DromedaryConfig.Classification classification(Settings classification) {
        String rules = classification.optional("rules", String.class);
        return new DromedaryConfig.Classification(rules == null ? null : configDirectory.resolve(rules));
    }

    private DromedaryConfig.Http http(Settings http) {
        List<ApiKey> keys = new ArrayList<>();
        for (Settings key : http.items("api-keys")) {
            String digest = secrets.digest(key, "key");
            if (digest != null) {
                keys.add(new ApiKey(key.name(), digest));
            }
        }
        return new DromedaryConfig.Http(http.text("bind"), http.number("port"), http.size("max-body"), List.copyOf(keys));
    }

    private DromedaryConfig.SmtpListener smtp(Settings smtp) {
        List<SmtpUser> users = new ArrayList<>();
        for (Settings user : smtp.items("users")) {
            String digest = secrets.digest(user, "password");
            if (digest != null) {
                users.add(new SmtpUser(user.name(), digest));
            }
        }
        return new DromedaryConfig.SmtpListener(
                smtp.flag("enabled"), smtp.text("bind"), smtp.number("port"), smtp.text("hostname"), smtp.size("max-size"), smtp.number("max-connections"),
                smtp.number("max-recipients"), List.copyOf(users), tls(smtp.section("tls")), smtp.flag("require-tls"));
    }

    private DromedaryConfig.@Nullable Tls tls(Settings tls) {
        String certificate = tls.optional("certificate", String.class);
        String key = tls.optional("key", String.class);
        return certificate == null || key == null ? null : new DromedaryConfig.Tls(configDirectory.resolve(certificate), configDirectory.resolve(key));
    }

    private DromedaryConfig.Broker broker(Settings broker) {
        return new DromedaryConfig.Broker(
                broker.choice("mode", Mode.class), broker.optional("url", String.class), broker.optional("user", String.class), secrets.read(broker, "password"),
                acceptor(broker.section("core")), acceptor(broker.section("amqp")), broker.number("max-disk-usage"));
    }

    private DromedaryConfig.Acceptor acceptor(Settings acceptor) {
        return new DromedaryConfig.Acceptor(
                acceptor.flag("enabled"), acceptor.text("bind"), acceptor.number("port"), acceptor.optional("user", String.class), secrets.read(acceptor, "password"));
    }

    private DromedaryConfig.Database database(Settings database) {
        return new DromedaryConfig.Database(
                database.choice("mode", Mode.class), database.optional("url", String.class), database.optional("user", String.class),
                secrets.read(database, "password"), database.number("port"), database.number("max-connections"));
    }
}
