package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.list;
import static dev.dromedary.config.Entry.Leaf.of;
import static dev.dromedary.config.Entry.Leaf.optional;
import static dev.dromedary.config.Entry.Leaf.requiredList;
import static dev.dromedary.config.Entry.Leaf.with;
import static dev.dromedary.config.Schema.anyOf;
import static dev.dromedary.config.Schema.id;

import dev.dromedary.config.Entry.Items;
import dev.dromedary.config.Entry.Named;
import dev.dromedary.config.Entry.Section;
import dev.dromedary.config.Entry.Trait;
import java.util.List;

/** The keys that say where mail goes, how fast, and how often it is tried. */
final class DeliverySchema {
    private static final ValueType<Integer> CONNECTIONS = ValueTypes.whole(1, 10_000);

    private static final ValueType<Integer> WEIGHT = ValueTypes.whole(1, 1000);

    private DeliverySchema() {
    }

    static Items pools() {
        return new Items("pools", "SMTP endpoints to send through. With none, and the sandbox enabled, two pools `sandbox-a` and `sandbox-b` send to the sandbox.",
                Schema.withSecret("password",
                        id("The pool's name, also in metrics and in environment variables."),
                        with(Trait.REQUIRED, "host", ValueTypes.HOST_NAME, "The server's name or IP address; the certificate must be for it."),
                        of("port", ValueTypes.PORT, "587", "The server's port."),
                        of("tls", ValueTypes.choice(DromedaryConfig.TlsMode.class), "starttls",
                                "`starttls` refuses to go on without it, `implicit` is TLS from the first byte (port 465), `none` is for loopback."),
                        optional("username", ValueTypes.TEXT, "For AUTH. Needs a password."),
                        of("hello", ValueTypes.HOST_NAME, "@smtp.hostname", "The name given in EHLO. Should resolve to the address that the server sees."),
                        anyOf("source-addresses", ValueTypes.IP, "Local IP addresses to send from, in turn. Empty leaves it to the system."),
                        of("max-connections", CONNECTIONS, "50", "Connections at a time over all providers."),
                        of("weight", ValueTypes.whole(1, 10_000), "100", "Share of the traffic among pools that are equally fit."),
                        optional("rate", ValueTypes.RATE, "The pool's own ceiling over all providers."),
                        new Named("limits", "Limits of this pool towards one provider, by the provider's id.", List.of(
                                optional("rate", ValueTypes.RATE, "Messages to this provider."),
                                optional("max-connections", CONNECTIONS, "Connections to this provider, in place of the provider's own limit."))),
                        of("connection-max-messages", ValueTypes.whole(1, 100_000), "100", "Messages sent over one connection before it is closed."),
                        of("connection-max-idle", ValueTypes.duration("1s", "1h"), "30s", "An idle connection is closed after this."),
                        of("connection-max-age", ValueTypes.duration("1s", "1d"), "5m", "A connection is closed after this and its current message."),
                        timeouts(),
                        optional("truststore", ValueTypes.TEXT, "PEM file with further CA certificates to trust, relative to the configuration's folder.")));
    }

    private static Section timeouts() {
        return new Section("timeouts", "How long to wait for the server (RFC 5321 section 4.5.3.2).", List.of(
                of("connect", ValueTypes.duration("100ms", "10m"), "30s", "For the connection."),
                of("read", ValueTypes.duration("100ms", "30m"), "5m", "For a reply."),
                of("write", ValueTypes.duration("100ms", "30m"), "5m", "For the server to take what is sent."),
                of("end-of-data", ValueTypes.duration("1s", "1h"), "10m", "For the reply after the final dot. Shorter ones cause duplicates.")));
    }

    static Named providers() {
        return new Named("providers", "Mailbox providers, by id: changes to the built-in ones, key by key, and further ones. `other` stands for all domains that no provider claims.",
                List.of(
                        anyOf("patterns", ValueTypes.PATTERN, "Recipient domains. No two providers may claim the same."),
                        anyOf("mx", ValueTypes.PATTERN, "MX host suffixes, for `mx-rollup`."),
                        optional("rate", ValueTypes.RATE, "Hard ceiling over all pools. Keep the period short: a burst of all permits may come at once."),
                        of("consumers", ValueTypes.whole(1, 3000), "20", "The most conversations at a time over all pools."),
                        optional("max-connections", CONNECTIONS, "Connections of each pool, unless the pool says otherwise."),
                        optional("messages-per-connection", ValueTypes.whole(1, 100_000), "Messages sent over one connection, where that is fewer than the pool's own."),
                        RetrySchema.ofProvider()));
    }

    static Items routes() {
        return new Items("delivery-routes", "Which pools may serve which mail. The most specific match wins, then the highest priority.", List.of(
                id("The route's name."),
                list("recipients", ValueTypes.RECIPIENTS, "*", "Recipient domains, or `provider:ID` for all of a provider's."),
                anyOf("streams", ValueTypes.NAME, "Only these streams; empty for any."),
                anyOf("sender-domains", ValueTypes.PATTERN, "Only senders of these domains; empty for any."),
                requiredList("pools", ValueTypes.ID, "Ids of the pools to choose from."),
                of("priority", ValueTypes.whole(-1000, 1000), "0", "Among routes that match equally specifically the highest wins."),
                of("weight", ValueTypes.whole(1, 10_000), "100", "Share of the traffic among routes that are equal in all else."),
                optional("rate", ValueTypes.RATE, "The route's own ceiling.")));
    }

    static Section health() {
        return new Section("health", "The probe of the pools.", List.of(
                of("interval", ValueTypes.duration("1s", "1d"), "60s", "How often each pool is probed."),
                of("failures", ValueTypes.whole(1, 1000), "3", "So many failed probes or sends in a row take a pool out."),
                of("half-open-after", ValueTypes.duration("1s", "1d"), "30s", "A pool taken out is tried with one message after this.")));
    }

    static Section mxRollup() {
        return new Section("mx-rollup", "Finds the provider of a domain that no pattern claims by its MX hosts.", List.of(
                of("enabled", ValueTypes.FLAG, "false", "Whether to ask DNS."),
                of("timeout", ValueTypes.duration("10ms", "1m"), "2s", "For one answer; without one the domain is `other` for now."),
                of("cache-size", ValueTypes.whole(1, 10_000_000), "100000", "Domains remembered."),
                anyOf("name-servers", ValueTypes.NAME_SERVER, "Name servers to ask; empty for the system's.")));
    }

    static Section classification() {
        return new Section("classification", "What the replies of servers mean. See [classification](classification.md).", List.of(
                optional("rules", ValueTypes.TEXT, "A rules file, relative to the configuration's folder; what it leaves out is built in. Read again where it changes.")));
    }

    static Section holds() {
        return new Section("holds", "What operators hold: pools, providers, streams and campaigns. See [operations](operations.md).", List.of(
                of("usual", ValueTypes.duration("1s", "365d"), "1h", "How long a hold lasts where nothing is said."),
                of("max", ValueTypes.duration("1s", "365d"), "7d", "The longest hold that may be asked for.")));
    }

    static Section audit() {
        return new Section("audit", "What operators did, and why. See [operations](operations.md).", List.of(
                of("keep", ValueTypes.duration("1d", "3650d"), "400d", "How long it is known, and how long a hold that is over.")));
    }

    static Section reactions() {
        return new Section("reactions", "What is done when a provider's replies ask for it: a pool is suspended or slowed down for a while. See [reactions](reactions.md).", List.of(
                optional("rules", ValueTypes.TEXT, "A rules file, relative to the configuration's folder. Without one the built-in rules hold; with one, only where it says `include: built-in`.")));
    }

    static Section pace() {
        return new Section("pace", "Waiting for room, and who goes next. See [priority](priority.md).", List.of(
                of("urgent-weight", WEIGHT, "16", "Share of what is scarce for urgent mail (priority below 100) while it waits."),
                of("normal-weight", WEIGHT, "4", "The same for normal mail."),
                of("bulk-weight", WEIGHT, "1", "The same for bulk mail (priority 150 and above)."),
                of("reserve", ValueTypes.whole(0, 90), "10", "Per cent of each pool's and provider's conversations that bulk mail may not use, at least one; 0 for none."),
                of("max-wait", ValueTypes.duration("10ms", "1m"), "5s", "A lane consumer waits so long for room, then the message is parked until room is foreseen.")));
    }
}
