package dev.dromedary.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is wrong with listeners, broker and database although each value is right. */
final class ListenerLint {
    private record Listener(String section, String bind, int port) {
    }

    private final Findings findings;
    private final Path directory;

    ListenerLint(Findings findings, Path directory) {
        this.findings = findings;
        this.directory = directory;
    }

    void check(Settings root, DromedaryConfig config) {
        ports(root, config);
        http(root.section("http"), config.http());
        management(root.section("management"), config.management());
        smtp(root.section("smtp"), config.smtp());
        broker(root.section("broker"), config.broker());
        database(root.section("database"), config.database());
        sizes(root, config);
    }

    private static List<Listener> listeners(DromedaryConfig config) {
        List<Listener> all = new ArrayList<>();
        all.add(new Listener("http", config.http().bind(), config.http().port()));
        all.add(new Listener("management", config.management().bind(), config.management().port()));
        if (config.smtp().enabled()) {
            all.add(new Listener("smtp", config.smtp().bind(), config.smtp().port()));
        }
        if (config.broker().mode() == DromedaryConfig.Mode.EMBEDDED) {
            acceptor(all, "broker.core", config.broker().core());
            acceptor(all, "broker.amqp", config.broker().amqp());
        }
        if (config.database().mode() == DromedaryConfig.Mode.EMBEDDED) {
            all.add(new Listener("database", "127.0.0.1", config.database().port()));
        }
        if (config.sandbox().enabled()) {
            all.add(new Listener("sandbox", "127.0.0.1", config.sandbox().port()));
        }
        return all;
    }

    private static void acceptor(List<Listener> all, String section, DromedaryConfig.Acceptor acceptor) {
        if (acceptor.enabled()) {
            all.add(new Listener(section, acceptor.bind(), acceptor.port()));
        }
    }

    private void ports(Settings root, DromedaryConfig config) {
        List<Listener> all = listeners(config);
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                Listener one = all.get(i);
                Listener other = all.get(j);
                if (one.port() != 0 && one.port() == other.port() && Addresses.overlap(one.bind(), other.bind())) {
                    Settings section = section(root, one.section());
                    findings.error(ConfigCode.PORT_CLASH, section.place("port"), section.path("port"), one.port() + " is also " + other.section() + ".port", "give one of the two another port");
                }
            }
        }
    }

    private static Settings section(Settings root, String path) {
        Settings found = root;
        for (String name : path.split("\\.")) {
            found = found.section(name);
        }
        return found;
    }

    private void http(Settings settings, DromedaryConfig.Http http) {
        if (!Addresses.isLoopback(http.bind()) && settings.items("api-keys").isEmpty()) {
            open(settings, http.bind(), "add an item to http.api-keys, or bind to 127.0.0.1");
        }
    }

    private void management(Settings settings, DromedaryConfig.Management management) {
        if (!Addresses.isLoopback(management.bind())) {
            findings.warning(ConfigCode.OPEN_LISTENER, settings.place("bind"), settings.path("bind"), "\"" + management.bind() + "\" is open to other machines, without sign-in", "keep the port to a private network");
        }
    }

    private void open(Settings settings, String bind, String advice) {
        findings.error(ConfigCode.OPEN_LISTENER, settings.place("bind"), settings.path("bind"), "\"" + bind + "\" is open to other machines", advice);
    }

    private void smtp(Settings settings, DromedaryConfig.SmtpListener smtp) {
        Settings tls = settings.section("tls");
        boolean halfTls = tls.isGiven("certificate") != tls.isGiven("key");
        if (halfTls) {
            findings.error(ConfigCode.MISSING_VALUE, tls.place(), tls.path(), "certificate without key, or key without certificate", "write both or neither");
        }
        if (smtp.tls() != null) {
            exists(tls, "certificate");
            exists(tls, "key");
        }
        if (!smtp.enabled()) {
            return;
        }
        if (!Addresses.isLoopback(smtp.bind())) {
            if (settings.items("users").isEmpty()) {
                open(settings, smtp.bind(), "add an item to smtp.users, or bind to 127.0.0.1: anybody could send mail through it");
            }
            if (smtp.tls() == null && !halfTls) {
                findings.error(ConfigCode.TLS_OFF, settings.place("bind"), settings.path("bind"), "\"" + smtp.bind() + "\" is open to other machines, without TLS", "write smtp.tls.certificate and smtp.tls.key, or bind to 127.0.0.1");
            }
        }
        if (smtp.requireTls() && smtp.tls() == null && !halfTls) {
            findings.error(ConfigCode.MISSING_VALUE, settings.place("require-tls"), settings.path("require-tls"), "true without a certificate", "write smtp.tls.certificate and smtp.tls.key");
        }
    }

    private void exists(Settings settings, String key) {
        String file = settings.text(key);
        if (!Files.isReadable(directory.resolve(file))) {
            findings.error(ConfigCode.MISSING_FILE, settings.place(key), settings.path(key), "\"" + file + "\" is not there or not readable", "write a path relative to the configuration's folder");
        }
    }

    private void broker(Settings settings, DromedaryConfig.Broker broker) {
        external(settings, broker.mode(), broker.url(), "tcp://broker:61616");
        acceptor(settings.section("core"), broker.core(), broker.mode());
        acceptor(settings.section("amqp"), broker.amqp(), broker.mode());
    }

    private void acceptor(Settings settings, DromedaryConfig.Acceptor acceptor, DromedaryConfig.Mode mode) {
        if (!acceptor.enabled()) {
            return;
        }
        if (mode == DromedaryConfig.Mode.EXTERNAL) {
            findings.warning(ConfigCode.UNUSED_VALUE, settings.place("enabled"), settings.path("enabled"), "true with an external broker", "remove it: only the embedded broker has acceptors of ours");
        } else if (acceptor.user() == null || acceptor.password().isEmpty()) {
            findings.error(ConfigCode.OPEN_LISTENER, settings.place("enabled"), settings.path("enabled"), "true without user and password", "write user and password-env or password-file");
        }
    }

    private void database(Settings settings, DromedaryConfig.Database database) {
        external(settings, database.mode(), database.url(), "jdbc:postgresql://db:5432/dromedary");
    }

    private void external(Settings settings, DromedaryConfig.Mode mode, @Nullable String url, String example) {
        boolean external = mode == DromedaryConfig.Mode.EXTERNAL;
        if (external && url == null && !settings.isGiven("url")) {
            findings.error(ConfigCode.MISSING_VALUE, settings.place("mode"), settings.path("url"), "not set", "write a URL such as " + example);
        }
        if (!external && url != null) {
            findings.warning(ConfigCode.UNUSED_VALUE, settings.place("url"), settings.path("url"), "not used in mode embedded", "write mode: external, or remove it");
        }
        if (url != null && (url.toLowerCase(Locale.ROOT).contains("password=") || url.matches("[^?]*//[^/?]*:[^/?]*@.*"))) {
            findings.error(ConfigCode.LITERAL_SECRET, settings.place("url"), settings.path("url"), "a password in the URL", "write it as password-env or password-file");
        }
    }

    private void sizes(Settings root, DromedaryConfig config) {
        if (config.smtp().maxSize() > config.accept().maxSize()) {
            Settings smtp = root.section("smtp");
            findings.warning(ConfigCode.SIZE_ORDER, smtp.place("max-size"), smtp.path("max-size"), SizeText.print(config.smtp().maxSize()) + " is more than accept.max-size", "announce at most " + SizeText.print(config.accept().maxSize()));
        }
    }
}
