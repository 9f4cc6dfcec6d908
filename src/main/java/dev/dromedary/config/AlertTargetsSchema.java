package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;
import static dev.dromedary.config.Entry.Leaf.optional;
import static dev.dromedary.config.Entry.Leaf.with;
import static dev.dromedary.config.Schema.anyOf;

import dev.dromedary.alert.Severity;
import dev.dromedary.config.AlertTargets.Webhook;
import dev.dromedary.config.Entry.Items;
import dev.dromedary.config.Entry.Section;
import dev.dromedary.config.Entry.Trait;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.RefusedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who is told of alerts: the keys {@code webhooks} and {@code mail} under {@code alerts}. */
final class AlertTargetsSchema {
    private static final String SECRET = "secret";
    /** Of secrets that are Base64 (Standard Webhooks, Signature scheme). */
    private static final String ENCODED = "whsec_";
    /** Bytes, or characters, of the shortest secret that Standard Webhooks allows. */
    private static final int SHORTEST = 24;
    private static final String MAKE = "make one with: openssl rand -hex 24";
    /** Stands for a URL that is in error; a configuration with one is never used. */
    private static final URI NO_URL = URI.create("https://url.invalid/");

    private AlertTargetsSchema() {
    }

    static List<Entry> entries() {
        return List.of(
                new Items("webhooks", "Programs that are told of alerts by HTTP, signed. See [alerts](alerts.md#webhook).", Schema.withSecrets(SECRET,
                        with(Trait.NAME, "name", ValueTypes.NAME, "Shown in logs and lists in place of the URL."),
                        with(Trait.DISCREET, "url", ValueTypes.TEXT, "Where notices are posted to, required: https, or http to this machine."),
                        of("severity", ValueTypes.choice(Severity.class), "warning", "The least that is told."),
                        of("timeout", ValueTypes.duration("1s", "1m"), "5s", "How long one attempt may take in all."))),
                new Section("mail", "Alerts by mail, through Dromedary itself. See [alerts](alerts.md#mail).", List.of(
                        anyOf("to", ValueTypes.TEXT, "Addresses that are told; without any, no mail is sent."),
                        optional("from", ValueTypes.TEXT, "The address that it is from. The envelope has none, so that a failure causes no other mail."),
                        of("severity", ValueTypes.choice(Severity.class), "warning", "The least that is told."),
                        of("stream", ValueTypes.NAME, "alerts", "The stream of the message."))));
    }

    static AlertTargets bind(Settings alerts, Secrets secrets) {
        List<Webhook> webhooks = alerts.items("webhooks").stream().map(hook -> new Webhook(hook.name(), url(hook.optional("url", String.class)), secrets.readAll(hook, SECRET),
                hook.choice("severity", Severity.class), hook.duration("timeout"))).toList();
        Settings mail = alerts.section("mail");
        return new AlertTargets(webhooks, new AlertTargets.Mail(mail.list("to", String.class), mail.optional("from", String.class), mail.choice("severity", Severity.class),
                mail.text("stream")));
    }

    static void check(Settings alerts, AlertTargets targets, Findings findings) {
        List<Settings> hooks = alerts.items("webhooks");
        for (int i = 0; i < hooks.size(); i++) {
            checkUrl(hooks.get(i), findings);
            checkSecrets(hooks.get(i), targets.webhooks().get(i).secrets(), findings);
        }
        checkMail(alerts.section("mail"), targets.mail(), findings);
    }

    /** What is seen is described, not shown: it may hold a secret. */
    private static void checkUrl(Settings hook, Findings findings) {
        String text = hook.optional("url", String.class);
        if (text == null) {
            if (!hook.isGiven("url")) {
                findings.error(ConfigCode.MISSING_VALUE, hook.place(), hook.path("url"), "not set", "write the URL that notices are posted to");
            }
            return;
        }
        URI url = url(text);
        if (url == NO_URL) {
            findings.error(ConfigCode.BAD_VALUE, hook.place("url"), hook.path("url"), "no http or https URL with a host", "write one such as https://hooks.example.com/alerts");
            return;
        }
        if (url.getRawUserInfo() != null) {
            findings.error(ConfigCode.LITERAL_SECRET, hook.place("url"), hook.path("url"), "a user or password in the URL", "remove it: the receiver knows us by the signature");
        }
        if (url.getRawFragment() != null) {
            findings.error(ConfigCode.BAD_VALUE, hook.place("url"), hook.path("url"), "a fragment, which is never sent", "remove # and what follows");
        }
        if (url.getScheme().equalsIgnoreCase("http") && !Addresses.isLoopback(host(url))) {
            findings.error(ConfigCode.TLS_OFF, hook.place("url"), hook.path("url"), "http to another machine: anybody on the way could read alerts", "write https");
        }
    }

    private static String host(URI url) {
        return url.getHost().replaceAll("[\\[\\]]", "");
    }

    private static URI url(@Nullable String text) {
        try {
            URI url = new URI(text == null ? "" : text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https")) && url.getHost() != null && url.getPort() <= 65_535 && url.getPort() != 0 ? url : NO_URL;
        } catch (URISyntaxException notOne) {
            return NO_URL;
        }
    }

    private static void checkSecrets(Settings hook, List<Secret> secrets, Findings findings) {
        if (secrets.isEmpty()) {
            if (Stream.of(SECRET + "-env", SECRET + "-file").allMatch(key -> hook.list(key, String.class).isEmpty())) {
                findings.error(ConfigCode.MISSING_VALUE, hook.place(), hook.path(SECRET), "not set: anybody could forge notices",
                        "write secret-env or secret-file; " + MAKE);
            }
            return;
        }
        secrets.forEach(secret -> checkSecret(hook, secret, findings));
        if (secrets.stream().map(Secret::reveal).distinct().count() < secrets.size()) {
            findings.warning(ConfigCode.UNUSED_VALUE, hook.place(), hook.path(SECRET), "the same secret twice", "write the new one and the old one, and remove the old one once the receiver knows the new one");
        }
    }

    private static void checkSecret(Settings hook, Secret secret, Findings findings) {
        String text = secret.reveal();
        if (text.startsWith(ENCODED)) {
            int bytes = decoded(text.substring(ENCODED.length()));
            if (bytes < SHORTEST) {
                findings.error(ConfigCode.SECRET_WEAK, hook.place(), hook.path(SECRET), ENCODED + (bytes < 0 ? " without Base64 after it" : " with less than " + SHORTEST + " bytes"),
                        "make one with: echo whsec_$(openssl rand -base64 32)");
            }
        } else if (text.length() < SHORTEST) {
            findings.error(ConfigCode.SECRET_WEAK, hook.place(), hook.path(SECRET), "shorter than " + SHORTEST + " characters", MAKE);
        }
    }

    /** @return how many bytes, or -1 where it is no Base64 */
    private static int decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length;
        } catch (IllegalArgumentException notBase64) {
            return -1;
        }
    }

    private static void checkMail(Settings mail, AlertTargets.Mail given, Findings findings) {
        given.to().forEach(to -> address(mail, "to", to, findings));
        String from = given.from();
        if (from != null) {
            address(mail, "from", from, findings);
        } else if (!given.to().isEmpty() && !mail.isGiven("from")) {
            findings.error(ConfigCode.MISSING_VALUE, mail.place("to"), mail.path("from"), "nothing", "write the address that alerts come from");
        }
        for (String key : List.of("from", "severity", "stream")) {
            if (given.to().isEmpty() && !mail.isGiven("to") && mail.isGiven(key)) {
                findings.warning(ConfigCode.UNUSED_VALUE, mail.place(key), mail.path(key), "given, but nobody is in to", "remove it, or write to");
            }
        }
    }

    private static void address(Settings mail, String key, String text, Findings findings) {
        try {
            EmailAddress.parse(text);
        } catch (RefusedException refused) {
            findings.error(ConfigCode.BAD_VALUE, mail.place(key), mail.path(key), "\"" + text + "\"", refused.refusal().advice());
        }
    }
}
