package dev.dromedary.config;

import dev.dromedary.alert.Alert;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Telling;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is told of alerts. */
public record AlertTargets(List<Webhook> webhooks, Mail mail) {
    public static final AlertTargets NONE = new AlertTargets(List.of(), new Mail(List.of(), null, Severity.WARNING, "alerts"));

    public AlertTargets {
        webhooks = List.copyOf(webhooks);
    }

    /**
     * A program that is told by HTTP.
     *
     * @param url      http or https; it may hold a secret, so it is in no log
     * @param secrets  that each notice is signed with, more than one while it changes
     * @param severity the least that it is told of
     * @param timeout  of one attempt, from connecting to the end of the answer
     */
    public record Webhook(String name, URI url, List<Secret> secrets, Severity severity, Duration timeout) {
        public Webhook {
            secrets = List.copyOf(secrets);
        }

        public static final String PREFIX = "webhook/";

        /** As notices name it. */
        public String target() {
            return PREFIX + name;
        }
    }

    /**
     * People who are told by mail.
     *
     * @param to       addresses; nobody is told where there are none
     * @param from     an address; only null where there are none in {@code to}
     * @param severity the least that they are told of
     */
    public record Mail(List<String> to, @Nullable String from, Severity severity, String stream) {
        public static final String TARGET = "mail";

        public Mail {
            to = List.copyOf(to);
        }
    }

    /** @return the targets to tell. All of them of an alert's end, since it may have been worse before: who was not told of it then is left out where that is known */
    public List<String> of(Telling telling) {
        Alert alert = telling.alert();
        boolean end = telling.kind() == Telling.Kind.RESOLVED;
        var out = new ArrayList<String>();
        webhooks.stream().filter(hook -> end || !hook.severity().over(alert.severity())).forEach(hook -> out.add(hook.target()));
        if (!mail.to().isEmpty() && (end || !mail.severity().over(alert.severity()))) {
            out.add(Mail.TARGET);
        }
        return List.copyOf(out);
    }

    /** @return every target that there is */
    public List<String> all() {
        var out = new ArrayList<>(webhooks.stream().map(Webhook::target).toList());
        if (!mail.to().isEmpty()) {
            out.add(Mail.TARGET);
        }
        return List.copyOf(out);
    }
}
