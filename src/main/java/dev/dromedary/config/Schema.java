package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.list;
import static dev.dromedary.config.Entry.Leaf.of;
import static dev.dromedary.config.Entry.Leaf.optional;
import static dev.dromedary.config.Entry.Leaf.with;

import dev.dromedary.config.Entry.Items;
import dev.dromedary.config.Entry.Leaf;
import dev.dromedary.config.Entry.Section;
import dev.dromedary.config.Entry.Trait;
import java.util.ArrayList;
import java.util.List;

/** Every key of {@code dromedary.yaml}, its kind, default and meaning. A key that another's default points to comes first. */
final class Schema {
    private static final ValueType<Integer> COUNT = ValueTypes.whole(1, 1_000_000);
    private static final ValueType<Long> MESSAGE_SIZE = ValueTypes.size("1KB", "1GB");

    static final List<Entry> ROOT = List.of(
            of("node", ValueTypes.matching("letters, digits, dots, - and _, at most 63", "[A-Za-z0-9][A-Za-z0-9._-]{0,62}"), "@host name",
                    "The name of this node among those that share a database. No two may have the same."),
            accept(), SuppressionSchema.suppression(), http(), management(), smtp(), inbox(), broker(), database(), sandbox(),
            DeliverySchema.pools(), DeliverySchema.providers(), DeliverySchema.routes(),
            RetrySchema.retry(), RetrySchema.streams(), RetrySchema.dsn(), DeliverySchema.health(), DeliverySchema.mxRollup(), DeliverySchema.pace(),
            DeliverySchema.classification(), DoubtSchema.inDoubt(), DoubtSchema.sentLog(), DeliverySchema.reactions(), DeliverySchema.holds(), DeliverySchema.audit(),
            ReputationSchema.section(), ChoiceSchema.section(), AdaptivePaceSchema.section(), WarmUpSchema.section(), EarlyWarningSchema.section(),
            IsolationSchema.section(), EngagementSchema.section(), ReportSchema.section(), AlertSchema.section());

    private Schema() {
    }

    private static Section accept() {
        return new Section("accept", "What a submission may ask for, whichever way it comes in.", List.of(
                of("max-recipients", ValueTypes.whole(1, 100_000), "1000", "Recipients of one submission; more are refused."),
                of("max-size", MESSAGE_SIZE, "25MB", "Size of one rendered message; larger ones are refused."),
                of("idempotency-window", ValueTypes.duration("1m", "90d"), "24h", "How long a repeated idempotency key gets the first answer again.")));
    }

    private static Section http() {
        return new Section("http", "The HTTP API.", List.of(
                of("bind", ValueTypes.HOST_NAME, "127.0.0.1", "Address to listen on. Beyond loopback at least one API key is needed."),
                of("port", ValueTypes.LISTENER_PORT, "8025", "Port to listen on; 0 takes a free one."),
                of("max-body", MESSAGE_SIZE, "30MB", "Size of one request or, for NDJSON, of one line. Base64 makes attachments a third larger."),
                new Items("api-keys", "Who may use the API. Without keys everybody who reaches the port may.", List.of(
                        with(Trait.NAME, "name", ValueTypes.NAME, "Shown in logs and events in place of the key."),
                        with(Trait.DISCREET, "sha256", ValueTypes.SHA256, "The key's SHA-256, so that the file holds no secret."),
                        with(Trait.SECRET, "key", ValueTypes.TEXT, "The key itself, at least 20 characters. From the environment only."),
                        with(Trait.DISCREET, "key-env", ValueTypes.VARIABLE_NAME, "The environment variable that holds the key."),
                        with(Trait.DISCREET, "key-file", ValueTypes.TEXT, "A file that holds the key, relative to the configuration's folder.")))));
    }

    private static Section management() {
        return new Section("management", "Health and metrics, under `/observe`. There is no sign-in: keep it to a private network.", List.of(
                of("bind", ValueTypes.HOST_NAME, "127.0.0.1", "Address to listen on."),
                of("port", ValueTypes.LISTENER_PORT, "8026", "Port to listen on; 0 takes a free one.")));
    }

    private static Section smtp() {
        return new Section("smtp", "The SMTP listener for submission.", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether to listen."),
                of("bind", ValueTypes.HOST_NAME, "127.0.0.1", "Address to listen on. Beyond loopback users and TLS are needed."),
                of("port", ValueTypes.LISTENER_PORT, "2525", "Port to listen on; 0 takes a free one."),
                of("hostname", ValueTypes.HOST_NAME, "localhost", "This host's name in the greeting, in Received and, unless a pool says otherwise, in EHLO."),
                of("max-size", MESSAGE_SIZE, "@accept.max-size", "What SIZE announces (RFC 1870)."),
                of("max-connections", ValueTypes.whole(1, 10_000), "200", "Clients at a time; more get 421."),
                of("max-recipients", ValueTypes.whole(1, 100_000), "1000", "RCPT commands of one transaction; more get 452."),
                of("require-tls", ValueTypes.FLAG, "false", "Whether MAIL is refused before STARTTLS (530)."),
                new Items("users", "Who may submit. Without users nobody is asked to sign in.", withSecret("password",
                        with(Trait.NAME, "name", ValueTypes.NAME, "The name given in AUTH."),
                        with(Trait.DISCREET, "sha256", ValueTypes.SHA256, "The password's SHA-256."))),
                new Section("tls", "Offers STARTTLS. Give both keys or neither.", List.of(
                        optional("certificate", ValueTypes.TEXT, "PEM file with the certificate and its chain, relative to the configuration's folder."),
                        optional("key", ValueTypes.TEXT, "PEM file with the private key, PKCS#8 and not encrypted, relative to the configuration's folder.")))));
    }

    private static Section inbox() {
        return new Section("inbox", "Submission by files dropped into a folder.", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether to look for files."),
                of("directory", ValueTypes.TEXT, "inbox", "The folder, relative to the data folder."),
                of("poll", ValueTypes.duration("10ms", "1h"), "500ms", "How often to look.")));
    }

    private static Section broker() {
        return new Section("broker", "The message broker.", withSecret("password",
                of("mode", ValueTypes.choice(DromedaryConfig.Mode.class), "embedded", "`embedded` runs Artemis in this process, `external` connects to one."),
                optional("url", ValueTypes.TEXT, "For external: an Artemis client URL such as `tcp://broker:61616`."),
                optional("user", ValueTypes.NAME, "For external: the user to sign in as."),
                of("max-disk-usage", ValueTypes.whole(1, 100), "90", "For embedded: per cent of the disk in use from which no more mail is accepted."),
                new Section("core", "A TCP acceptor of the embedded broker for Artemis clients.", acceptor("61616")),
                new Section("amqp", "A TCP acceptor of the embedded broker for AMQP 1.0 clients.", acceptor("5672"))));
    }

    private static List<Entry> acceptor(String port) {
        return withSecret("password",
                of("enabled", ValueTypes.FLAG, "false", "Whether to listen."),
                of("bind", ValueTypes.HOST_NAME, "127.0.0.1", "Address to listen on. Beyond loopback user and password are needed."),
                of("port", ValueTypes.LISTENER_PORT, port, "Port to listen on; 0 takes a free one."),
                optional("user", ValueTypes.NAME, "The user that producers sign in as."));
    }

    private static Section database() {
        return new Section("database", "The PostgreSQL database.", withSecret("password",
                of("mode", ValueTypes.choice(DromedaryConfig.Mode.class), "embedded", "`embedded` runs PostgreSQL with its files in the data folder, `external` connects to one."),
                optional("url", ValueTypes.TEXT, "For external: a JDBC URL such as `jdbc:postgresql://db:5432/dromedary`, without a password."),
                optional("user", ValueTypes.NAME, "For external: the user to sign in as."),
                of("port", ValueTypes.LISTENER_PORT, "0", "For embedded: port on loopback; 0 takes a free one."),
                of("max-connections", ValueTypes.whole(2, 1000), "10", "Connections of this node.")));
    }

    private static Section sandbox() {
        return new Section("sandbox", "A loopback SMTP sink that keeps the last messages, so that a first run delivers.", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether to run it. Where no pools are configured, mail goes there."),
                of("port", ValueTypes.LISTENER_PORT, "2526", "Port on 127.0.0.1; 0 takes a free one."),
                of("keep", COUNT, "1000", "Messages kept; older ones are dropped.")));
    }

    /** Adds the three ways to give a secret: the environment's own, a named variable, and a file. */
    static List<Entry> withSecret(String name, Entry... entries) {
        List<Entry> all = new ArrayList<>(List.of(entries));
        all.add(with(Trait.SECRET, name, ValueTypes.TEXT, "The " + name + " itself. From the environment only."));
        all.add(with(Trait.DISCREET, name + "-env", ValueTypes.VARIABLE_NAME, "The environment variable that holds the " + name + "."));
        all.add(with(Trait.DISCREET, name + "-file", ValueTypes.TEXT, "A file that holds the " + name + ", relative to the configuration's folder; one newline at its end is no part of it."));
        return List.copyOf(all);
    }

    /** As {@link #withSecret}, for one that may be several while it changes: of variables and files each holds one. */
    static List<Entry> withSecrets(String name, Entry... entries) {
        List<Entry> all = new ArrayList<>(List.of(entries));
        all.add(with(Trait.SECRET, name, ValueTypes.TEXT, "The " + name + " itself, only one. From the environment only."));
        all.add(new Leaf(name + "-env", ValueTypes.VARIABLE_NAME, null, "The environment variable that holds the " + name + "; several while it changes.", Trait.DISCREET, true));
        all.add(new Leaf(name + "-file", ValueTypes.TEXT, null, "A file that holds the " + name + ", relative to the configuration's folder; one newline at its end is no part of it. Several while it changes.",
                Trait.DISCREET, true));
        return List.copyOf(all);
    }

    static Leaf id(String meaning) {
        return with(Trait.NAME, "id", ValueTypes.ID, meaning);
    }

    static Leaf anyOf(String name, ValueType<?> type, String meaning) {
        return list(name, type, "", meaning);
    }
}
